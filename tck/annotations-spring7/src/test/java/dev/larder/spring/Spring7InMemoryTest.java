package dev.larder.spring;

class Spring7InMemoryTest extends SpringContract {
  Spring7InMemoryTest() {
    super("memory");
  }

  @Override
  String line() {
    return "7";
  }
}
