package dev.larder.config;

import java.util.List;

/** What a YAML file consists of, with the place of every part. */
sealed interface Node {
  Place place();

  /** How messages call it. */
  String noun();

  /** A text, whatever type YAML would see in it. */
  record Scalar(String text, Place place) implements Node {
    @Override
    public String noun() {
      return "a text";
    }
  }

  /** A list. */
  record Sequence(List<Node> parts, Place place) implements Node {
    @Override
    public String noun() {
      return "a list";
    }
  }

  /** A section. */
  record Mapping(List<Pair> pairs, Place place) implements Node {
    @Override
    public String noun() {
      return "a section";
    }
  }

  /** A key with its value. */
  record Pair(String key, Place place, Node value) {}

  /** Nothing after a colon. */
  record Nothing(Place place) implements Node {
    @Override
    public String noun() {
      return "nothing";
    }
  }

  /** What a mistake was noted for already. */
  record Wrong(Place place) implements Node {
    @Override
    public String noun() {
      return "a mistake";
    }
  }
}
