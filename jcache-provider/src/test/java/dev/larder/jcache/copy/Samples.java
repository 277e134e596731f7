package dev.larder.jcache.copy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Classes of values, one for each way in which users write them. */
final class Samples {
  private Samples() {}

  /** Proved immutable. */
  record Fixed(String name, int number, TimeUnit unit) implements Serializable {}

  /** Immutable or not by what it holds. */
  record Pair(Object left, Object right) implements Serializable {}

  /** As {@link Pair}, of the old school. */
  static final class Frozen implements Serializable {
    private static final long serialVersionUID = 1L;
    final int number;
    final Object held;

    Frozen(int number, Object held) {
      this.number = number;
      this.held = held;
    }
  }

  /** Not serializable: its constructor runs for every copy. */
  static class Base {
    int base = 7;
  }

  /** An ordinary object. */
  static class Cell extends Base implements Serializable {
    private static final long serialVersionUID = 1L;
    long number;
    String name = "unnamed";
    boolean flag;
    transient String scratch = "scratch";
    Object left;
    Object right;
    Cell next;
  }

  /** With fields of its own, one of them final, one of a name that is taken. */
  @SuppressWarnings("HidingField") // which serialization tells apart
  static final class Wide extends Cell {
    private static final long serialVersionUID = 1L;
    final List<Object> items = new ArrayList<>();
    byte[] bytes = {1, 2};
    double weight;
    char letter = 'x';
    Object left;
  }

  /** A key; equal by its number. */
  static final class Ticket implements Serializable {
    private static final long serialVersionUID = 1L;
    int number;
    Object extra;

    Ticket(int number) {
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Ticket key && key.number == number;
    }

    @Override
    public int hashCode() {
      return number;
    }
  }

  /** A collection of the JDK with more to it. */
  static final class Named extends ArrayList<Object> {
    private static final long serialVersionUID = 1L;
    String name = "named";

    Named(Object first) {
      add(first);
    }
  }

  /** Has its own ideas about serialization. */
  static final class Hooked implements Serializable {
    private static final long serialVersionUID = 1L;
    transient int number;
    Object held;

    Hooked(int number) {
      this.number = number;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeInt(number);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      number = in.readInt();
    }
  }
}
