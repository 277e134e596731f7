package dev.larder.server.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which page was asked for, request by request. Pages are numbered from 0 in the order of their
 * first request, so the form of the keys in the source does not matter.
 */
final class Trace {
  private final String name;
  private final int[] pages;
  private final int distinct;

  private Trace(String name, int[] pages, int distinct) {
    this.name = name;
    this.pages = pages;
    this.distinct = distinct;
  }

  String name() {
    return name;
  }

  int length() {
    return pages.length;
  }

  int distinct() {
    return distinct;
  }

  int page(int request) {
    return pages[request];
  }

  /** Collects requests. */
  static final class Collector {
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final IntStream.Builder pages = IntStream.builder();
    private int length;

    void add(Object key) {
      var number = numbers.putIfAbsent(key, numbers.size());
      pages.add(number == null ? numbers.size() - 1 : number);
      length++;
    }

    int length() {
      return length;
    }

    Trace finish(String name) {
      return new Trace(name, pages.build().toArray(), numbers.size());
    }
  }
}
