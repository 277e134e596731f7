/** What users of Larder hold and what store authors implement. */
module dev.larder.api {
  requires static jdk.jfr;
  requires static org.jspecify;

  exports dev.larder;
  exports dev.larder.spi;

  uses dev.larder.LarderFactory;
}
