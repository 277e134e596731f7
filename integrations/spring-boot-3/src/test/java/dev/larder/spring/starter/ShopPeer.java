package dev.larder.spring.starter;

import dev.larder.spring.starter.Shop.Price;
import dev.larder.testkit.Actor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * The application as a process of its own, which does what a test writes to its input: {@code only
 * NAME} and {@code offer NAME} ask the cached methods in the background, {@code go} lets
 * computations end.
 */
final class ShopPeer {
  private ShopPeer() {}

  /** Takes the address of a server. */
  public static void main(String[] args) throws IOException {
    var go = new CountDownLatch(1);
    Shop.making =
        article -> {
          say("computing " + article);
          Actor.await(go);
          return new Price(article, (int) ProcessHandle.current().pid());
        };
    try (var context =
        Shop.start(
            "larder.topology=remote",
            "larder.remote.hosts=" + args[0],
            "larder.remote.timeout=20s")) {
      var shop = context.getBean(Shop.class);
      say("ready");
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        switch (line) {
          case "go" -> go.countDown();
          case "only tea" -> ask(shop::only, "tea");
          case "offer cake" -> ask(shop::offer, "cake");
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  private static void ask(Function<String, Price> method, String article) {
    var asking = Actor.run("asking-" + article, any -> say("got " + method.apply(article)));
    asking.awaitWaiting();
    say("waits for " + article);
  }

  private static synchronized void say(String what) {
    System.out.println(what);
    System.out.flush();
  }
}
