package dev.larder.server.resp;

import dev.larder.server.resp.Definition.Flag;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command of the {@link Commands} table, with what running it asks for every time at hand. */
final class Known {
  private final Definition definition;
  private final int id;
  private final byte[] name;
  private final Map<String, Known> subcommands;
  private final boolean plain;
  private final boolean data;
  private final boolean everywhere;

  Known(Definition definition, int id, Map<String, Known> subcommands) {
    this.definition = definition;
    this.id = id;
    this.name = definition.name().getBytes(StandardCharsets.US_ASCII);
    this.subcommands = subcommands;
    this.plain = subcommands.isEmpty() && !has(Flag.ALONE);
    this.everywhere = definition.name().equals("flushall");
    this.data = has(Flag.READONLY) || has(Flag.WRITE) || definition.firstKey() > 0;
  }

  Definition definition() {
    return definition;
  }

  /** Its place in the table, for counting. */
  int id() {
    return id;
  }

  /** Its name as bytes, which stand in requests for it; not to be changed. */
  byte[] name() {
    return name;
  }

  /** Whether nothing but arity has to be looked at before it runs in an ordinary connection. */
  boolean plain() {
    return plain;
  }

  /** Whether it touches entries of the database in use. */
  boolean data() {
    return data;
  }

  /** Whether it touches the entries of all databases. */
  boolean everywhere() {
    return everywhere;
  }

  boolean has(Flag flag) {
    return definition.flags().contains(flag);
  }

  /** Whether a request of so many parts has as many as it takes. */
  boolean takes(int parts) {
    var arity = definition.arity();
    return arity >= 0 ? parts == arity : parts >= -arity;
  }

  /** What it has instead of, or besides, doing something itself; by name without its own. */
  Map<String, Known> subcommands() {
    return subcommands;
  }

  /** The subcommand that a request means, this command where it means none, null when unknown. */
  @Nullable Known meant(Request request) {
    if (subcommands.isEmpty() || request.size() < 2) {
      return this;
    }
    for (var subcommand : subcommands.entrySet()) {
      if (request.is(1, subcommand.getKey())) {
        return subcommand.getValue();
      }
    }
    return null;
  }
}
