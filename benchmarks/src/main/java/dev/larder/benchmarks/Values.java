package dev.larder.benchmarks;

import java.io.Serializable;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;

/** What stands behind a key. Its key can be told from it, so that every subject reads numbers. */
@SuppressWarnings("ImmutableEnumChecker") // method references without state
enum Values {
  /** The numbers themselves, by reference. */
  NUMBERS(Long.class, id -> id, value -> (Long) value),
  /** Records that cannot change, by value. */
  RECORDS(Quote.class, Quote::of, value -> ((Quote) value).id()),
  /** Objects of five fields, by value. */
  OBJECTS(Product.class, Product::new, value -> ((Product) value).id);

  private final Class<?> type;
  private final Function<Long, Object> maker;
  private final Function<Object, Long> key;

  Values(Class<?> type, Function<Long, Object> maker, Function<Object, Long> key) {
    this.type = type;
    this.maker = maker;
    this.key = key;
  }

  record Quote(Long id, String name, int lots, double price, Instant at) implements Serializable {
    static Quote of(Long id) {
      return new Quote(id, "quote " + id, id.intValue(), id * 1.25, Instant.ofEpochMilli(id));
    }
  }

  /** As people write them: everything may be set, one field is an object that may change. */
  @SuppressWarnings("JavaUtilDate") // people do
  static final class Product implements Serializable {
    private static final long serialVersionUID = 1L;
    Long id;
    String name;
    int stock;
    double price;
    Date changed;

    Product(Long id) {
      this.id = id;
      this.name = "product " + id;
      this.stock = id.intValue();
      this.price = id * 1.25;
      this.changed = new Date(id);
    }
  }

  @SuppressWarnings("unchecked") // values are what make makes
  Class<Object> type() {
    return (Class<Object>) type;
  }

  boolean byValue() {
    return this != NUMBERS;
  }

  Object make(Long key) {
    return maker.apply(key);
  }

  Long keyOf(Object value) {
    return key.apply(value);
  }
}
