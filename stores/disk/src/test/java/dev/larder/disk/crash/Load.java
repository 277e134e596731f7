package dev.larder.disk.crash;

import dev.larder.Cache;
import dev.larder.Larder;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The program that is killed: several threads at work on all {@link Subject}s in one file. Says
 * {@code OPENING}, {@code READY}, and {@code CLOSED} when its input told it to close; ends when its
 * input ends. Arguments: file, acknowledgements, seed, options as {@code key=value}.
 */
final class Load {
  static final int WRONG = 3;

  private final Acknowledgements log;
  private final Map<Subject<?, ?>, Cache<?, ?>> caches = new HashMap<>();
  private final Larder larder = Larder.builder().open();
  private volatile boolean stopping;

  private Load(Acknowledgements log) {
    this.log = log;
  }

  public static void main(String[] arguments) throws Exception {
    var load = new Load(Acknowledgements.at(Path.of(arguments[1])));
    say("OPENING");
    var options = options(List.of(arguments).subList(3, arguments.length));
    for (var subject : Subject.ALL) {
      load.caches.put(subject, subject.open(load.larder, Path.of(arguments[0]), options));
    }
    load.run(Long.parseLong(arguments[2]));
  }

  static Map<String, String> options(List<String> words) {
    var options = new HashMap<String, String>();
    words.forEach(word -> options.put(word.split("=", 2)[0], word.split("=", 2)[1]));
    return options;
  }

  private void run(long seed) throws Exception {
    var hands = new ArrayList<Hand>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < Acknowledgements.THREADS; i++) {
      hands.add(new Hand(i, seed, this, log));
    }
    hands.forEach(Hand::look);
    for (var hand : hands) {
      threads.add(started("load-" + threads.size(), hand::work));
    }
    started("beat", this::beat);
    say("READY");
    if (closingAsked()) {
      stopping = true;
      for (var thread : threads) {
        thread.join();
      }
      larder.close();
      say("CLOSED");
    }
    Runtime.getRuntime().halt(0);
  }

  private static boolean closingAsked() throws IOException {
    return new InputStreamReader(System.in, StandardCharsets.UTF_8).read() == 'c';
  }

  private void beat() {
    while (true) {
      log.beat();
      LockSupport.parkNanos(500_000);
    }
  }

  private static Thread started(String name, Runnable work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                e.printStackTrace(new PrintStream(System.out, true, StandardCharsets.UTF_8));
                Runtime.getRuntime().halt(WRONG);
              }
            },
            name);
    thread.start();
    return thread;
  }

  boolean stopping() {
    return stopping;
  }

  @SuppressWarnings("unchecked") // put there by its subject
  <K, V> Cache<K, V> of(Subject<K, V> subject) {
    return (Cache<K, V>) caches.get(subject);
  }

  private static void say(String word) {
    System.out.println(word);
    System.out.flush();
  }
}
