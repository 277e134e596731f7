package dev.larder.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The part of the table that belongs to places where entries are kept. These keys stand at the top,
 * for all caches, or in the section of one cache. A place is told only its own.
 */
final class PlaceKeys {
  static final String DISK = "disk";
  static final String PATH = "disk.path";

  /** The tier of memory in front of another place. */
  static final String MEMORY = "memory";

  /** The tier of copies in front of a place that others change too. */
  static final String NEAR = "near";

  static final String MEMORY_WRITE = "memory.expire-after-write";
  static final String MEMORY_ACCESS = "memory.expire-after-access";

  private static final String REMOTE = "remote";
  private static final String FAR = "far";

  /** The topologies that a group is for, in words. */
  private static final Map<String, String> PLACES =
      Map.of(
          DISK,
          DISK,
          MEMORY,
          DISK,
          REMOTE,
          REMOTE,
          NEAR,
          "remote, far",
          FAR,
          FAR,
          "cluster",
          "cluster");

  private static final Duration REMOTE_LEAST = Duration.ofMillis(1);
  private static final Duration REMOTE_MOST = Duration.ofMinutes(5);

  /** All of them. */
  static final List<Key<?>> ALL =
      List.of(
          key(
              PATH,
              Kinds.TEXT.example("/var/lib/shop/cache.db"),
              "none, it has to be said",
              "The file that holds the entries, relative to the working directory; :memory: for no file,"
                  + " for tests."),
          key(
              "disk.durability",
              words("none", "interval", "each-write").example("each-write"),
              "interval",
              "When writes are forced to the disk: never, every disk.interval, or before each call"
                  + " returns."),
          key(
              "disk.interval",
              Kinds.INTERVAL,
              "100ms",
              "The time between two commits of writes, unless each-write."),
          key(
              "disk.access-times",
              words("coarse", "exact").example("exact"),
              "coarse",
              "Whether the order of reads is kept to the second, or exactly."),
          key(
              "disk.compress-above",
              Kinds.BYTES_OR_NEVER.example("4KB"),
              "never",
              "Values larger than this are compressed."),
          key(
              "disk.readers",
              Kinds.count(1, 64).of("reads").example("8"),
              "4 to 8, by processors",
              "How many reads of the file may run at the same time."),
          key(
              "memory.maximum-entries",
              Kinds.COUNT_FROM_ZERO.of("copies").example("50000"),
              "10000, or the cache's own bound if smaller",
              "The largest number of entries of which the tier in memory keeps a copy."),
          key(
              "memory.maximum-bytes",
              Kinds.BYTES,
              "no bound",
              "The largest estimated size of the copies in memory."),
          key(
              MEMORY_WRITE,
              Kinds.LIFE,
              "never",
              "How long a copy stays in memory after it was made or written."),
          key(
              MEMORY_ACCESS,
              Kinds.LIFE,
              "never",
              "How long a copy stays in memory without a read."),
          key(
              "memory.largest-entry",
              Kinds.BYTES,
              "no bound",
              "Entries estimated larger than this have no copy in memory."),
          key(
              "memory.warm-start",
              Kinds.PAUSE,
              "5s",
              "How long, in the background after opening, what was in memory before may be read"
                  + " back; never for not at all."),
          key(
              "remote.hosts",
              Kinds.TEXTS.example("one:8080,two:8080"),
              "127.0.0.1:8080",
              "The servers, with their ports for HTTP (8080 if left out), the preferred one first."),
          key(
              "remote.timeout",
              Kinds.time(REMOTE_LEAST, REMOTE_MOST, "5s").example("2s"),
              "5s",
              "How long an operation may take for its caller, repetitions included."),
          key(
              "remote.connect-timeout",
              Kinds.time(REMOTE_LEAST, REMOTE_MOST, "2s").example("500ms"),
              "2s",
              "How long connecting to a server may take."),
          key(
              "remote.max-retries",
              Kinds.count(0, 10).of("repetitions").example("5"),
              "3",
              "How often a request is repeated within the timeout, if that is safe."),
          key(
              "remote.connections",
              Kinds.count(1, 256).of("batches").example("8"),
              "4",
              "How many batches of operations of one cache may be under way at the same time."),
          key(
              "remote.max-queued",
              Kinds.count(1, 1_000_000).of("operations").example("2000"),
              "10000",
              "How many operations of one cache may wait for their turn; one more is refused."),
          key(
              "remote.max-queued-bytes",
              Kinds.BYTES,
              "64MB",
              "How many bytes of operations of one cache may wait for their turn."),
          key(
              "remote.lease",
              Kinds.time(REMOTE_LEAST, REMOTE_MOST, "30s").example("10s"),
              "30s",
              "How long the code of an application may have a key to itself."),
          key("remote.tls", Kinds.FLAG.example("true"), "false", "Whether TLS is spoken."),
          key(
              "remote.trust",
              Kinds.TEXT.example("/etc/larder/authority.crt"),
              "the authorities of the runtime",
              "A file of certificates in PEM that are trusted instead."),
          key(
              "remote.user",
              Kinds.TEXT.example("shop"),
              "the default one",
              "The user that the password belongs to."),
          key(
              "remote.password",
              Kinds.TEXT.example("secret"),
              "none",
              "The password or token that the servers ask for."),
          key(
              "remote.credentials",
              Kinds.TEXT.example("vault"),
              "none",
              "The name of a provider on the class path that is asked for the password instead."),
          key(
              "near.maximum-entries",
              Kinds.COUNT_FROM_ZERO.of("copies").example("50000"),
              "10000",
              "The largest number of copies in this process; any of the keys near.* switches them"
                  + " on."),
          key(
              "near.maximum-bytes",
              Kinds.BYTES,
              "no bound",
              "The largest estimated size of the copies."),
          key(
              "near.largest-entry",
              Kinds.BYTES,
              "no bound",
              "Entries estimated larger than this have no copy."),
          key(
              "near.max-staleness",
              Kinds.time(Duration.ofMillis(50), Duration.ofHours(1), "1s").example("250ms"),
              "1s",
              "How old what a copy shows may be at most."),
          key(
              "near.clock",
              words("exact", "coarse").example("coarse"),
              "exact",
              "Which clock that is measured with at each read: the exact time, which also holds for a"
                  + " process that was stopped, or a tick that is cheaper."),
          key(
              "cluster.members",
              Kinds.TEXTS.example("one:7800,two:7800"),
              "none",
              "The members a node of the cluster looks for; there is no such topology yet."),
          key(
              "far.region",
              Kinds.TEXT.example("shop"),
              "far",
              "Which of the regions of this process holds the entries; they know nothing of each"
                  + " other."),
          key(
              "far.keep",
              Kinds.FLAG.example("false"),
              "true",
              "Whether the entries stay when the last cache over them is closed."));

  /** The groups of which every key is in this table. */
  static final Set<String> CLOSED = Set.of(DISK, MEMORY, REMOTE, NEAR, FAR);

  /** The groups that may have other keys too, which their stores know. */
  static final Set<String> OPEN = Set.of("cluster");

  private static final Set<String> NAMES =
      ALL.stream().map(Key::name).collect(Collectors.toUnmodifiableSet());

  private PlaceKeys() {}

  static boolean contains(String path) {
    return NAMES.contains(path);
  }

  /** The first word of a path. */
  static String group(String path) {
    return path.split("\\.", 2)[0];
  }

  private static Kind<String> words(String... words) {
    var map = new TreeMap<String, String>();
    for (var word : words) {
      map.put(word, word);
    }
    return Kinds.choice(String.class, map);
  }

  private static <T> Key<T> key(String name, Kind<T> kind, String fallback, String meaning) {
    return new Key<>(
        name, kind, fallback, PLACES.getOrDefault(group(name), ""), meaning, Key.Setter.none());
  }
}
