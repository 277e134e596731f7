package dev.larder.tck.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Never changes once it is there. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
class Country {
  @Id private String code;
  private String name;

  Country() {}

  Country(String code, String name) {
    this.code = code;
    this.name = name;
  }

  String name() {
    return name;
  }

  void rename(String to) {
    name = to;
  }
}
