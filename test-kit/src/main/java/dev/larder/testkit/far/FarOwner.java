package dev.larder.testkit.far;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import dev.larder.spi.RecordingSlot;
import dev.larder.spi.Result;
import dev.larder.spi.Step;
import dev.larder.spi.StoreInfo;
import dev.larder.spi.Update;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The far side of one cache: its bytes, its leases, its clients. Everything but {@link #info}
 * happens on the one thread of the region, which is what makes each request atomic.
 */
final class FarOwner {
  private final String name;
  private final Terms terms;
  private final Rules rules;
  private final Set<FarStore> clients = new LinkedHashSet<>();
  private final Grants grants = new Grants();
  private final FarData data;
  private final Flights flights;
  private final List<Runnable> replies = new ArrayList<>();
  private boolean destroyed;
  private volatile StoreInfo info;

  /** What every description of one cache has to agree on. */
  private record Terms(Class<?> keyType, Class<?> valueType, Rules rules) {
    static Terms of(CacheSpec<?, ?> spec) {
      return new Terms(
          spec.keyType(),
          spec.valueType(),
          new Rules(spec.expiry().life(), spec.expiry().jitter()));
    }
  }

  FarOwner(CacheSpec<?, ?> spec) {
    name = spec.name();
    terms = Terms.of(spec);
    rules = terms.rules;
    data = new FarData(name, rules, spec.bounds(), grants, this::report);
    flights = new Flights(data);
    info = describe();
  }

  Flights flights() {
    return flights;
  }

  Rules rules() {
    return rules;
  }

  Grants grants() {
    return grants;
  }

  boolean destroyed() {
    return destroyed;
  }

  StoreInfo info() {
    return info;
  }

  void attach(FarStore client, CacheSpec<?, ?> spec) {
    if (!terms.equals(Terms.of(spec))) {
      throw new ConfigurationException(
          "cache '"
              + name
              + "' exists with "
              + terms
              + "; it was asked for with "
              + Terms.of(spec));
    }
    clients.add(client);
  }

  /** Forgets the client and ends its leases; tells whether it was the last. */
  boolean detach(FarStore client) {
    clients.remove(client);
    grants.releaseAll(client);
    return clients.isEmpty();
  }

  void destroy() {
    destroyed = true;
    data.cells().clear();
  }

  /** Keeps an answer until the request it belongs to is over. */
  void reply(Runnable answer) {
    replies.add(answer);
  }

  /**
   * After each request: what it reported goes out, how things stand is published, and then it is
   * answered.
   */
  void settle(boolean last) {
    flights.settle();
    clients.forEach(client -> client.link().flush(last));
    info = describe();
    replies.forEach(Runnable::run);
    replies.clear();
  }

  /** Runs a step whose verb is ours. */
  @SuppressWarnings({"unchecked", "NullAway"}) // Step.of made them fit, null results included
  Result<?> run(Step<Bytes, Payload> step, long now) {
    var verb = (Update<@Nullable Object, Payload, @Nullable Object>) step.update();
    var key = step.key();
    var slot =
        new RecordingSlot<Payload>(
            data.live(key, now), now, rules.life(), token -> data.tokens().redeem(key, token, now));
    var result = verb.apply(step.argument(), slot);
    var change = data.apply(key, slot.end(), now, 0);
    return Result.of(result, change == null ? 0 : change.version());
  }

  /** As {@link #run}, all or none. */
  List<Result<?>> runTogether(List<Step<Bytes, Payload>> steps, long now) {
    var saved = data.cells().save(steps.stream().map(Step::key).toList());
    var results = new ArrayList<Result<?>>();
    try {
      steps.forEach(step -> results.add(run(step, now)));
      return results;
    } catch (RuntimeException e) {
      data.cells().restore(saved);
      clients.forEach(client -> client.link().forget());
      throw e;
    }
  }

  /** The entries, for requests that need no more than them. */
  FarData data() {
    return data;
  }

  private void report(Bytes key, Change<Payload> change) {
    clients.forEach(client -> client.link().send(key, change));
  }

  /** Ends a lease; what could not leave because of it may now have to. */
  void release(Bytes key, long fence, long now) {
    grants.release(key, fence);
    data.makeRoom(key, now);
  }

  private StoreInfo describe() {
    return data.describe(
        Map.of("clients", "" + clients.size(), "leases", "" + grants.size(), "topology", "far"));
  }
}
