package dev.larder.tck.annotations;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.jspecify.annotations.Nullable;

/**
 * An application with annotated methods in a container, which does what its input says, a line for
 * each, and says what came of it.
 */
public final class AnnotatedPeer {
  private static volatile CompletableFuture<Void> go = new CompletableFuture<>();
  private static PrintStream out =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  private final String host;
  private final Function<CacheManager, Opening> container;
  private @Nullable Opening opening;

  private AnnotatedPeer(String host, Function<CacheManager, Opening> container) {
    this.host = host;
    this.container = container;
  }

  /**
   * Runs until the input ends.
   *
   * @param arguments of the program: the address of a server
   * @param output takes what it says
   * @param container gives an {@link OpeningHours} of a new container over the manager
   */
  public static void run(
      String[] arguments, PrintStream output, Function<CacheManager, Opening> container)
      throws IOException {
    hear(output);
    var peer = new AnnotatedPeer(arguments[0], container);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      peer.take(line.split(" "));
    }
  }

  private static synchronized void hear(PrintStream output) {
    out = output;
  }

  /** Done when what is computed is to come. */
  static CompletableFuture<Void> go() {
    return go;
  }

  static synchronized void say(String what) {
    out.println(what);
    out.flush();
  }

  private void take(String[] words) {
    if (words[0].equals("open")) {
      go = new CompletableFuture<>();
      opening = container.apply(manager(words[1]));
      say("did open");
      return;
    }
    var thread = new Thread(() -> attempt(words), "peer-" + words[0]);
    thread.setDaemon(true);
    thread.start();
  }

  private CacheManager manager(String namespace) {
    var properties = new Properties();
    properties.setProperty("larder.topology", "remote");
    properties.setProperty("larder.remote.hosts", host);
    properties.setProperty("larder.remote.timeout", "20s");
    properties.setProperty("larder.namespace", namespace);
    var provider = Caching.getCachingProvider("dev.larder.jcache.LarderCachingProvider");
    provider.close();
    return provider.getCacheManager(
        provider.getDefaultURI(), provider.getDefaultClassLoader(), properties);
  }

  private void attempt(String[] words) {
    try {
      say(done(words, Objects.requireNonNull(opening, "tell it to open first")));
    } catch (CompletionException e) {
      say("failed " + e.getCause());
    } catch (RuntimeException e) {
      say("failed " + e);
    }
  }

  private static String done(String[] words, Opening opening) {
    var day = words.length > 1 ? DayOfWeek.valueOf(words[1]) : DayOfWeek.MONDAY;
    // Equal strings that are one object here and two there: bytes of keys must not tell.
    var town = words.length > 2 ? new String(words[2]) : "town";
    var again = ProcessHandle.current().pid() % 2 == 0 ? town : new String(town);
    var shops = new String[] {town, again};
    switch (words[0]) {
      case "go" -> go.complete(null);
      case "change" -> opening.change(day, shops, town, again);
      case "change-all" -> opening.changeAll();
      case "hours" -> {
        return "got " + opening.hours(day, shops, town, again);
      }
      case "later" -> {
        var stage = opening.later(day, shops, town, again).toCompletableFuture();
        say("has a stage");
        return "got " + stage.join();
      }
      case "closing" -> {
        return "got " + opening.closing(day);
      }
      default -> throw new IllegalArgumentException("unknown: " + words[0]);
    }
    return "did " + words[0];
  }
}
