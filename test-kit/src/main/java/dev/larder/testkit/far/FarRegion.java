package dev.larder.testkit.far;

import dev.larder.CacheSpec;
import dev.larder.Checks;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The far place: stores of one name in one region share their data, as clients of one server do.
 * Descriptions choose a region with the option {@code far.region}; without it they are in the
 * region {@code far}. Safe for all threads.
 */
public final class FarRegion {
  /** The region of descriptions that name none. */
  public static final String DEFAULT = "far";

  private static final ConcurrentMap<String, FarRegion> ALL = new ConcurrentHashMap<>();
  private final Line line = new Line();
  private final FarFaults faults = new FarFaults(line);
  private final String name;
  private final Map<String, FarOwner> owners = new ConcurrentHashMap<>();

  private FarRegion(String name) {
    this.name = name;
  }

  /** The region of that name, which exists from the first time it is asked for. */
  public static FarRegion of(String name) {
    return ALL.computeIfAbsent(Checks.notNull(name, "name"), FarRegion::new);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What goes wrong in it. */
  public FarFaults faults() {
    return faults;
  }

  /** The names of the caches that have data here. */
  public Set<String> names() {
    return new TreeSet<>(owners.keySet());
  }

  /** Forgets the region with all its data; stores that are still open fail from now on. */
  public void destroy() {
    faults.calm();
    ALL.remove(name, this);
    Set.copyOf(owners.keySet()).forEach(this::destroy);
  }

  Line line() {
    return line;
  }

  /** On the owner's thread. */
  FarOwner attach(FarStore client, CacheSpec<?, ?> spec) {
    var owner = owners.computeIfAbsent(spec.name(), any -> new FarOwner(spec));
    owner.attach(client, spec);
    return owner;
  }

  /** On the owner's thread. */
  void forget(FarOwner owner) {
    owners.values().remove(owner);
  }

  /** Deletes a cache, after the requests that came before. */
  void destroy(String cache) {
    var owner = owners.remove(cache);
    if (owner != null) {
      line.execute(owner::destroy);
    }
  }
}
