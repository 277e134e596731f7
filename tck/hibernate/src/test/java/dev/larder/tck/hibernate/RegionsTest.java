package dev.larder.tck.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.Life;
import dev.larder.tck.support.Place;
import dev.larder.testkit.LogCapture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The regions that Hibernate makes, and what bounds them. */
class RegionsTest {
  private static final String STRATEGY = "hibernate.javax.cache.missing_cache_strategy";

  private static Cache<?, ?> region(Shop shop, String name) {
    return shop.manager().getCache(name).unwrap(Cache.class);
  }

  private static Set<String> names(Shop shop) {
    var names = new TreeSet<String>();
    shop.manager().getCacheNames().forEach(names::add);
    return names;
  }

  /** Proves that Hibernate makes a region for each entity, collection and natural id, and two more. */
  @Test
  void regionsAreThese() {
    try (var shop = Shop.open(Place.fresh())) {
      assertEquals(
          Set.of(
              Author.class.getName(),
              Author.class.getName() + ".books",
              Author.class.getName() + ".links",
              Author.class.getName() + "##NaturalId",
              Book.class.getName(),
              Country.class.getName(),
              Shelf.class.getName(),
              "default-query-results-region",
              "default-update-timestamps-region"),
          names(shop));
    }
  }

  /** Proves that regions nobody said anything of are bounded all the same. */
  @Test
  @Tag("smoke")
  void everyRegionIsBoundedByDefault() {
    try (var shop = Shop.open(Place.fresh())) {
      for (var name : names(shop)) {
        assertEquals(10_000, region(shop, name).control().spec().bounds().entries(), name);
      }
    }
  }

  /** Proves that times of changes outlive an expiry of all caches where the region is excepted. */
  @Test
  void timestampsNeverExpireByDefaultAndCanBeExcepted() {
    var timestamps = "default-update-timestamps-region";
    var name = "caches." + timestamps + ".expire-after-write";
    for (var place :
        List.of(
            Place.fresh(),
            Place.fresh().with("defaults.expire-after-write", "1h").with(name, "never"))) {
      try (var shop = Shop.open(place)) {
        shop.run(session -> session.persist(new Book("1", "Notes")));
        var life = region(shop, timestamps).control().spec().expiry().life();
        assertEquals(Life.FOREVER, life.onCreate());
        assertEquals(1, region(shop, timestamps).size());
      }
    }
  }

  /** Proves that the bound holds: entities beyond it are read from the database, rightly. */
  @Test
  void regionKeepsToItsBound() {
    var place = Place.fresh().with("jcache.default-maximum-entries", "50");
    try (var shop = Shop.open(place)) {
      shop.run(
          session -> {
            for (int i = 0; i < 200; i++) {
              session.persist(new Book("" + i, "title " + i));
            }
          });
      for (int i = 0; i < 200; i++) {
        var isbn = "" + i;
        assertEquals(
            "title " + i, shop.in(session -> session.find(Book.class, isbn).title()));
      }
      var size = region(shop, Book.class.getName()).size();
      assertTrue(size > 0 && size <= 50, () -> size + " entries");
    }
  }

  /** Proves that a section of larder.yaml, by name or pattern, says what a region holds. */
  @Test
  void sectionsOfTheFileSetBoundsOfRegions() {
    var place =
        Place.fresh()
            .with("caches." + Book.class.getName() + ".maximum-entries", "7")
            .with("caches.*.maximum-entries", "8")
            .with("caches.*.statistics", "true");
    try (var shop = Shop.open(place)) {
      assertEquals(7, bound(shop, Book.class.getName()));
      assertEquals(8, bound(shop, Author.class.getName() + ".books"));
      assertTrue(region(shop, Book.class.getName()).control().spec().tuning().statistics());
    }
  }

  private static long bound(Shop shop, String name) {
    return region(shop, name).control().spec().bounds().entries();
  }

  /** Proves that `fail` refuses a region that nobody has described, by its name. */
  @Test
  void failRefusesARegionThatNobodyDescribed() {
    var settings = Map.of(STRATEGY, "fail", "hibernate.hbm2ddl.auto", "create");
    var refused =
        assertThrows(
            RuntimeException.class, () -> Shop.open(Place.fresh(), settings, List.of()));
    var all = new StringBuilder();
    for (Throwable each = refused; each != null; each = each.getCause()) {
      all.append(each).append('\n');
    }
    assertTrue(all.toString().contains("default-update-timestamps-region")
        || all.toString().contains("dev.larder.tck.hibernate."), all::toString);
  }

  /** Proves that `fail` takes regions that have a section of their own in the configuration. */
  @Test
  void failTakesRegionsThatAreDescribed() {
    List<String> described;
    try (var shop = Shop.open(Place.fresh())) {
      described = List.copyOf(names(shop));
    }
    var place = Place.fresh();
    for (var name : described) {
      place = place.with("caches." + name + ".maximum-entries", "77");
    }
    var settings = Map.of(STRATEGY, "fail", "hibernate.hbm2ddl.auto", "create");
    try (var shop = Shop.open(place, settings, List.of())) {
      for (var name : described) {
        assertEquals(77, bound(shop, name), name);
      }
    }
  }

  /** Proves that `create-warn`, Hibernate's own default, makes the regions too. */
  @Test
  void createWarnMakesTheRegions() {
    var settings = Map.of(STRATEGY, "create-warn", "hibernate.hbm2ddl.auto", "create");
    try (var shop = Shop.open(Place.fresh(), settings, List.of())) {
      assertEquals(9, names(shop).size());
    }
  }

  /** Proves that a prefix of Hibernate's keeps the regions of two applications apart. */
  @Test
  void prefixIsPartOfTheNames() {
    var settings =
        Map.of("hibernate.cache.region_prefix", "shop", "hibernate.hbm2ddl.auto", "create");
    try (var shop = Shop.open(Place.fresh(), settings, List.of())) {
      assertTrue(names(shop).contains("shop." + Book.class.getName()), () -> "" + names(shop));
    }
  }

  /**
   * Proves what the documentation warns of: Hibernate takes TRANSACTIONAL with a warning and counts
   * on the cache to be part of the transaction, which no cache of JCache is. It caches, and what was
   * rolled back stays in the cache.
   */
  @Test
  void transactionalKeepsWhatWasRolledBack() {
    var settings = Map.of("hibernate.hbm2ddl.auto", "create");
    try (var log = new LogCapture("org.hibernate");
        var shop = Shop.open(Place.fresh(), settings, List.of(Ledger.class))) {
      assertTrue(log.count("HHH90001003") > 0, () -> "" + log.messages());
      shop.run(session -> session.persist(new Ledger(1)));
      shop.run(session -> session.find(Ledger.class, 1L).add(5));
      assertEquals(0, shop.statements(() -> assertEquals(5, total(shop))), "it does not cache");
      try (var session = shop.factory().openSession()) {
        session.beginTransaction();
        session.find(Ledger.class, 1L).add(7);
        session.flush();
        session.getTransaction().rollback();
      }
      assertEquals(12, total(shop));
    }
  }

  private static int total(Shop shop) {
    return shop.in(session -> session.find(Ledger.class, 1L).total());
  }

  /** Proves that entries may be shared instead of copied: no session changes what another gets. */
  @Test
  void sharedEntriesAreChangedByNoSession() {
    var place = Place.fresh().with("defaults.immutable-classes", "org.hibernate.cache.*");
    try (var shop = Shop.open(place)) {
      shop.run(session -> session.persist(new Author(1, "ada")));
      shop.run(session -> session.find(Author.class, 1L).rename("augusta"));
      var asked =
          shop.statements(
              () ->
                  assertEquals(
                      "augusta", shop.in(session -> session.find(Author.class, 1L).name())));
      assertEquals(0, asked);
      try (var session = shop.factory().openSession()) {
        session.beginTransaction();
        var ada = session.find(Author.class, 1L);
        ada.rename("changed");
        ada.portrait()[0] = 99;
        session.flush();
        session.getTransaction().rollback();
      }
      var ada = shop.in(session -> session.find(Author.class, 1L));
      assertEquals("augusta", ada.name());
      assertEquals(1, ada.portrait()[0]);
    }
  }
}
