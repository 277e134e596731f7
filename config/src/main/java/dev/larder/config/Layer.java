package dev.larder.config;

/** Where a setting comes from; the later one wins. */
enum Layer {
  FILE(""),
  ENVIRONMENT("environment variable "),
  PROPERTY("system property "),
  OVERRIDE("property ");

  private final String title;

  Layer(String title) {
    this.title = title;
  }

  /** The place of a setting that is not in a file. */
  Place place(String name) {
    return new Place(this, title + name, 0, 0);
  }
}
