/** What users of Larder hold and what store authors implement. */
module dev.larder.api {
  requires static transitive org.jspecify;

  exports dev.larder;
  exports dev.larder.spi;

  uses dev.larder.LarderFactory;
}
