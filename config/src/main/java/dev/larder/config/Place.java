package dev.larder.config;

import java.util.Comparator;

/**
 * Where a setting stands, as messages name it.
 *
 * @param source the file, or the variable or property
 * @param line from 1; 0 where there are no lines
 * @param column from 1; 0 where there are no lines
 */
record Place(Layer layer, String source, int line, int column) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::layer)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column)
          .thenComparing(Place::source);

  static Place inFile(String file, int line, int column) {
    return new Place(Layer.FILE, file, line, column);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
