package dev.larder.tck.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Asks for the strategy that no JCache provider can give. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.TRANSACTIONAL)
class Ledger {
  @Id private Long id;
  private int total;

  Ledger() {}

  Ledger(long id) {
    this.id = id;
  }

  int total() {
    return total;
  }

  void add(int amount) {
    total += amount;
  }
}
