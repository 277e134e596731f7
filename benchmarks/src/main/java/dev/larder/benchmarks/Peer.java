package dev.larder.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The caches that are compared. A class of a peer is loaded only in the process that measures it.
 */
@SuppressWarnings("ImmutableEnumChecker") // method references without state
public enum Peer {
  MAP("ConcurrentHashMap", Family.IN_PROCESS, MapSubject::new, MapSubject::supports),
  LARDER("Larder", Family.IN_PROCESS, LarderSubject::coarse, Setup::byReference),
  CAFFEINE("Caffeine", Family.IN_PROCESS, CaffeineSubject::create, Setup::byReference),
  CACHE2K("cache2k", Family.IN_PROCESS, Cache2kSubject::new, Setup::byReference),
  GUAVA("Guava", Family.IN_PROCESS, GuavaSubject::create, Setup::byReference),
  EHCACHE("Ehcache", Family.IN_PROCESS, EhcacheSubject::new, EhcacheSubject::supports),
  LARDER_EXACT(
      "Larder, exact clock", Family.IN_PROCESS, LarderSubject::exact, LarderSubject::expires),

  JCACHE_LARDER("Larder JCache", Family.JCACHE, JCacheSubject::larder, Peer::noLoader),
  JCACHE_CAFFEINE("caffeine-jcache", Family.JCACHE, JCacheSubject::caffeine, Peer::noLoader),
  JCACHE_CACHE2K("cache2k-jcache", Family.JCACHE, JCacheSubject::cache2k, Peer::noLoader),
  JCACHE_EHCACHE("ehcache-jcache", Family.JCACHE, JCacheSubject::ehcache, Peer::noLoader),
  JCACHE_REFERENCE("reference", Family.JCACHE, JCacheSubject::reference, Peer::noLoader),

  /** What a copy by serialization costs: a map, and each value written and read back. */
  SERIALIZATION(
      "serialization", Family.JCACHE, SerializationSubject::new, setup -> !setup.byReference());

  /** Peers of one family stand in one table. */
  enum Family {
    IN_PROCESS("In process"),
    JCACHE("Through JCache");

    private final String title;

    Family(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    List<Peer> peers() {
      return Stream.of(Peer.values()).filter(peer -> peer.family == this).toList();
    }
  }

  private final String title;
  private final Family family;
  private final Function<Setup, Subject> factory;
  private final Predicate<Setup> supports;

  Peer(String title, Family family, Function<Setup, Subject> factory, Predicate<Setup> supports) {
    this.title = title;
    this.family = family;
    this.factory = factory;
    this.supports = supports;
  }

  String title() {
    return title;
  }

  Family family() {
    return family;
  }

  /** Whether this is what the others are compared with. */
  boolean isLarder() {
    return title.startsWith("Larder");
  }

  boolean supports(Setup setup) {
    return supports.test(setup);
  }

  /**
   * A new cache of this kind.
   *
   * @throws IllegalArgumentException when it has no such setup
   */
  Subject create(Setup setup) {
    if (!supports(setup)) {
      throw new IllegalArgumentException(title + " has no setup like " + setup);
    }
    return factory.apply(setup);
  }

  /** How people write it on a command line: {@code jcache-caffeine}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean noLoader(Setup setup) {
    return !setup.readThrough();
  }
}
