package dev.larder.tck;

import dev.larder.annotations.ReflectiveContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;

/**
 * An application with annotated methods, which does what its input says, as {@link Peer} does. It
 * knows no class of Larder but by its container.
 */
final class AnnotatedPeer {
  private static final CountDownLatch GO = new CountDownLatch(1);

  /** What is cached. */
  interface Opening {
    String hours(DayOfWeek day, String[] shops, String town, String again);

    Optional<String> closing(DayOfWeek day);

    void change(DayOfWeek day, String[] shops, String town, String again);

    void changeAll();
  }

  @CacheDefaults(cacheName = "opening")
  static final class OpeningHours implements Opening {
    @CacheResult
    @Override
    public String hours(DayOfWeek day, String[] shops, String town, String again) {
      say("computing");
      await();
      return "hours by " + ProcessHandle.current().pid();
    }

    @CacheResult
    @Override
    public Optional<String> closing(DayOfWeek day) {
      say("computing");
      return Optional.empty();
    }

    @CacheRemove
    @Override
    public void change(DayOfWeek day, String[] shops, String town, String again) {}

    @CacheRemoveAll
    @Override
    public void changeAll() {}
  }

  private AnnotatedPeer() {}

  /** Takes the address of a server. */
  public static void main(String[] args) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Opening opening = null;
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      var words = line.split(" ");
      if (words[0].equals("open")) {
        var manager = open(args[0], words[1]);
        opening = new ReflectiveContainer(() -> manager).managed(OpeningHours.class, Opening.class);
        say("did open");
      } else {
        take(words, opening);
      }
    }
  }

  private static CacheManager open(String host, String namespace) {
    var properties = new Properties();
    properties.setProperty("larder.topology", "remote");
    properties.setProperty("larder.remote.hosts", host);
    properties.setProperty("larder.namespace", namespace);
    var provider = Caching.getCachingProvider("dev.larder.jcache.LarderCachingProvider");
    return provider.getCacheManager(
        provider.getDefaultURI(), provider.getDefaultClassLoader(), properties);
  }

  private static void take(String[] words, Opening opening) {
    var thread = new Thread(() -> attempt(words, opening), "peer-" + words[0]);
    thread.setDaemon(true);
    thread.start();
  }

  private static void attempt(String[] words, Opening opening) {
    try {
      say(done(words, opening));
    } catch (RuntimeException e) {
      say("failed " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  private static String done(String[] words, Opening opening) {
    var day = words.length > 1 ? DayOfWeek.valueOf(words[1]) : DayOfWeek.MONDAY;
    // Equal strings that are one object here and two there: bytes of keys must not tell.
    var town = words.length > 2 ? new String(words[2]) : "town";
    var again = ProcessHandle.current().pid() % 2 == 0 ? town : new String(town);
    var shops = new String[] {town, again};
    switch (words[0]) {
      case "go" -> GO.countDown();
      case "change" -> opening.change(day, shops, town, again);
      case "change-all" -> opening.changeAll();
      case "hours" -> {
        return "got " + opening.hours(day, shops, town, again);
      }
      case "closing" -> {
        return "got " + opening.closing(day);
      }
      default -> throw new IllegalArgumentException("unknown: " + words[0]);
    }
    return "did " + words[0];
  }

  private static void say(String what) {
    synchronized (System.out) {
      System.out.println(what);
      System.out.flush();
    }
  }

  private static void await() {
    try {
      GO.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
