package dev.larder.spring;

class SpringInMemoryTest extends SpringContract {
  SpringInMemoryTest() {
    super("memory");
  }

  @Override
  String line() {
    return "6";
  }
}
