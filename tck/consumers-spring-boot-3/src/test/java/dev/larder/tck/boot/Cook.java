package dev.larder.tck.boot;

import dev.larder.testkit.Actor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The application as a process of its own, which does what a test writes to its input: {@code ask
 * NAME} asks for a dish in the background, {@code go} lets computations end.
 */
final class Cook {
  private Cook() {}

  /** Takes the path of a larder.yaml. */
  public static void main(String[] args) throws IOException {
    var go = new CountDownLatch(1);
    Kitchen.recipe =
        name -> {
          say("computing " + name);
          Actor.await(go);
          return new Dish(name, (int) ProcessHandle.current().pid());
        };
    try (var context = Running.start(Path.of(args[0]))) {
      var kitchen = context.getBean(Kitchen.class);
      say("ready");
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("go")) {
          go.countDown();
        } else {
          ask(kitchen, line.substring("ask ".length()));
        }
      }
    }
  }

  private static void ask(Kitchen kitchen, String name) {
    var thread =
        new Thread(
            () -> {
              say("asking " + name);
              say("got " + kitchen.only(name));
            },
            "asking-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private static synchronized void say(String what) {
    System.out.println(what);
    System.out.flush();
  }
}
