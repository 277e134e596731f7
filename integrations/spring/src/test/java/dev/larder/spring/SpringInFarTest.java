package dev.larder.spring;

class SpringInFarTest extends SpringContract {
  SpringInFarTest() {
    super("far");
  }

  @Override
  String line() {
    return "6";
  }
}
