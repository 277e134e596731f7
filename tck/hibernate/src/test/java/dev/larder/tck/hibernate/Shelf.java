package dev.larder.tck.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.io.Serializable;
import java.util.Objects;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Has an id of several columns, and no version. */
@Entity
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
class Shelf {
  @EmbeddedId private Spot spot;
  private String label;

  Shelf() {}

  Shelf(Spot spot, String label) {
    this.spot = spot;
    this.label = label;
  }

  Spot spot() {
    return spot;
  }

  String label() {
    return label;
  }

  void label(String to) {
    label = to;
  }

  /** Where it stands. */
  @Embeddable
  static class Spot implements Serializable {
    private static final long serialVersionUID = 1L;

    private Genre room;
    private int line;

    Spot() {}

    Spot(Genre room, int line) {
      this.room = room;
      this.line = line;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Spot that && room == that.room && line == that.line;
    }

    @Override
    public int hashCode() {
      return Objects.hash(room, line);
    }
  }
}
