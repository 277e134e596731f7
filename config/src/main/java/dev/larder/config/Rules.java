package dev.larder.config;

import dev.larder.spi.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What no single value can be blamed for: names that nobody on the class path knows, and settings
 * that contradict each other. Two settings of one layer that exclude each other are a mistake; of
 * two layers the later one wins.
 */
final class Rules {
  private final Draft draft;
  private final Services services;

  Rules(Draft draft, Services services) {
    this.draft = draft;
    this.services = services;
  }

  void check() {
    topology(draft.top());
    server(draft.top());
    lives(draft.top(), PlaceKeys.MEMORY_WRITE, PlaceKeys.MEMORY_ACCESS);
    draft.caches().values().forEach(this::memoryTier);
    for (var section : draft.sections()) {
      bounds(section);
      lives(section, Keys.WRITE, Keys.ACCESS);
      lives(section, PlaceKeys.MEMORY_WRITE, PlaceKeys.MEMORY_ACCESS);
      policy(section);
      topology(section);
    }
  }

  private void bounds(Map<String, Given> section) {
    var unbounded = section.get(Keys.UNBOUNDED);
    if (unbounded == null) {
      return;
    }
    for (var bound : given(section, Keys.ENTRIES, Keys.WEIGHT, Keys.BYTES)) {
      var order = bound.place().layer().compareTo(unbounded.place().layer());
      if (order == 0) {
        contradiction(
            bound,
            unbounded,
            Keys.UNBOUNDED + " and " + bound.key().name() + " exclude each other",
            "one of the two");
      } else {
        section.remove(order < 0 ? bound.key().name() : Keys.UNBOUNDED);
      }
    }
  }

  private void lives(Map<String, Given> section, String write, String access) {
    var both = given(section, write, access);
    if (both.size() < 2 || both.get(0).place().layer() != both.get(1).place().layer()) {
      return;
    }
    var live = (Duration) both.get(0).value();
    var idle = (Duration) both.get(1).value();
    if (!live.isZero() && idle.compareTo(live) > 0) {
      contradiction(
          both.get(0),
          both.get(1),
          access + " is longer than " + write + ", so it would do nothing",
          access + " up to the value of " + write);
    }
  }

  /** Reported where the later of the two stands, naming the place of the other. */
  private void contradiction(Given one, Given other, String message, String allowed) {
    var oneFirst = one.place().compareTo(other.place()) < 0;
    var place = oneFirst ? other.place() : one.place();
    var elsewhere = oneFirst ? one.place() : other.place();
    draft.mistakes().add(place, message + " (see " + elsewhere + ")", allowed);
  }

  private static List<Given> given(Map<String, Given> section, String... keys) {
    return Arrays.stream(keys).map(section::get).filter(Objects::nonNull).toList();
  }

  /** One password from one place, and the parts of TLS that need each other. */
  private void server(Map<String, Given> top) {
    var passwords = given(top, ServerKeys.PASSWORD, ServerKeys.PASSWORD_FILE);
    if (passwords.size() == 2) {
      var order = passwords.get(0).place().layer().compareTo(passwords.get(1).place().layer());
      if (order == 0) {
        contradiction(
            passwords.get(0),
            passwords.get(1),
            ServerKeys.PASSWORD + " and " + ServerKeys.PASSWORD_FILE + " exclude each other",
            "one of the two");
      } else {
        top.remove(order < 0 ? ServerKeys.PASSWORD : ServerKeys.PASSWORD_FILE);
      }
    }
    needs(top, ServerKeys.CERTIFICATE, ServerKeys.PRIVATE_KEY);
    needs(top, ServerKeys.PRIVATE_KEY, ServerKeys.CERTIFICATE);
    needs(top, ServerKeys.CLIENT_AUTHORITY, ServerKeys.CERTIFICATE);
    var asked = top.get(ServerKeys.CLIENT_CERTIFICATES);
    if (asked != null && !asked.value().equals("none")) {
      needs(top, ServerKeys.CLIENT_CERTIFICATES, ServerKeys.CLIENT_AUTHORITY);
    }
  }

  private void needs(Map<String, Given> section, String one, String other) {
    var given = section.get(one);
    if (given != null && !section.containsKey(other)) {
      draft
          .mistakes()
          .add(given.place(), one + " needs " + other + ", which is not set", "both, or neither");
    }
  }

  /** A tier of memory is in front of another place; a cache in memory is not in front of itself. */
  private void memoryTier(Map<String, Given> section) {
    var topology = section.get(Keys.TOPOLOGY);
    if (topology == null || !topology.value().equals(PlaceKeys.MEMORY)) {
      return;
    }
    section.forEach(
        (path, given) -> {
          if (PlaceKeys.group(path).equals(PlaceKeys.MEMORY)
              && given.place().layer() == topology.place().layer()) {
            contradiction(
                given,
                topology,
                path + " is about the tier in front of another place, and this cache is in memory",
                "the keys without memory. in front, such as " + Keys.ENTRIES);
          }
        });
  }

  private void policy(Map<String, Given> section) {
    var given = section.get(Keys.POLICY);
    if (given != null && !services.policies().isEmpty()) {
      known(given, "eviction policy", services.policies(), "");
    }
  }

  private void topology(Map<String, Given> section) {
    var given = section.get(Keys.TOPOLOGY);
    if (given != null) {
      var word = given.value().toString();
      var jar =
          Map.of("disk", "larder-disk", "remote", "larder-client", "cluster", "larder-cluster");
      var hint = jar.containsKey(word) ? " (add dev.larder:" + jar.get(word) + ")" : "";
      known(given, "topology", services.topologies(), hint);
    }
  }

  private void known(Given given, String what, Collection<String> names, String hint) {
    var word = given.value().toString();
    if (!names.contains(word)) {
      draft
          .mistakes()
          .add(
              given.place(),
              "no "
                  + what
                  + " "
                  + Settings.quote(word)
                  + " on the class path"
                  + hint
                  + Suggestions.ask(word, names)
                  + services.broken(),
              String.join(", ", names.stream().sorted(Comparator.naturalOrder()).toList()));
    }
  }
}
