package dev.larder.examples.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** What is sold. The two annotations of the cache are all that it takes. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
class Product {
  @Id private long id;
  private String name = "";
  private int stock;

  /** For Hibernate. */
  Product() {}

  Product(long id, String name, int stock) {
    this.id = id;
    this.name = name;
    this.stock = stock;
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  int stock() {
    return stock;
  }

  void sell() {
    stock--;
  }
}
