package dev.larder.spring;

class Spring7InFarTest extends SpringContract {
  Spring7InFarTest() {
    super("far");
  }

  @Override
  String line() {
    return "7";
  }
}
