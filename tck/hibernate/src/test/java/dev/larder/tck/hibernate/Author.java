package dev.larder.tck.hibernate;

import jakarta.persistence.Basic;
import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** Read and written, with a version, a natural id, and columns and collections of many kinds. */
@Entity
@Cacheable
@NaturalIdCache
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
class Author {
  @Id private Long id;
  @Version private int version;

  @NaturalId(mutable = true)
  private String email;

  private String name;
  private int counter;
  private LocalDate born;
  private BigDecimal royalties;

  @Enumerated(EnumType.STRING)
  private Genre genre;

  @Basic private byte[] portrait;
  @Embedded private Address address;

  @OneToMany(mappedBy = "author", cascade = CascadeType.ALL)
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
  private List<Book> books = new ArrayList<>();

  @ElementCollection
  @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
  private Map<String, String> links = new HashMap<>();

  Author() {}

  Author(long id, String name) {
    this.id = id;
    this.name = name;
    this.email = name + "@example.org";
    this.born = LocalDate.of(1815, 12, 10);
    this.royalties = new BigDecimal("12.50");
    this.genre = Genre.SCIENCE;
    this.portrait = new byte[] {1, 2, 3};
    this.address = new Address("Marylebone", "London");
  }

  Long id() {
    return id;
  }

  String name() {
    return name;
  }

  void rename(String to) {
    name = to;
  }

  void write(String to) {
    email = to;
  }

  String email() {
    return email;
  }

  int counter() {
    return counter;
  }

  void count() {
    counter++;
  }

  LocalDate born() {
    return born;
  }

  BigDecimal royalties() {
    return royalties;
  }

  Genre genre() {
    return genre;
  }

  byte[] portrait() {
    return portrait;
  }

  Address address() {
    return address;
  }

  List<Book> books() {
    return books;
  }

  void add(Book book) {
    book.by(this);
    books.add(book);
  }

  Map<String, String> links() {
    return links;
  }
}
