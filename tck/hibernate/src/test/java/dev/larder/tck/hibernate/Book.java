package dev.larder.tck.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Read, and written now and then, without a version. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
class Book {
  @Id private String isbn;
  private String title;

  @ManyToOne(fetch = FetchType.LAZY)
  private Author author;

  Book() {}

  Book(String isbn, String title) {
    this.isbn = isbn;
    this.title = title;
  }

  String isbn() {
    return isbn;
  }

  String title() {
    return title;
  }

  void rename(String to) {
    title = to;
  }

  Author author() {
    return author;
  }

  void by(Author of) {
    author = of;
  }
}
