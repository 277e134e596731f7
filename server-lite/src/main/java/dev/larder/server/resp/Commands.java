package dev.larder.server.resp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the server by name. A name is looked up by its bytes, folded to lower case and
 * packed into two words, in an open table that is at most a quarter full, so that nothing is made
 * for a look-up and it nearly always ends at the first place.
 */
final class Commands {
  /** The longest name that is looked up; two words hold so many bytes. */
  static final int LONGEST = 16;

  private final List<Known> all;
  private final Map<String, Known> named = new TreeMap<>();
  private final @Nullable Known[] table;
  private final long[] lows;
  private final long[] highs;
  private final int shift;

  /**
   * A table of those commands.
   *
   * @throws IllegalArgumentException when one is there twice, or has a name that no table can hold
   */
  Commands(List<Definition> definitions) {
    this.all = List.copyOf(listed(definitions));
    var bits = 64 - Long.numberOfLeadingZeros(Math.max(16, all.size() * 4L - 1));
    this.table = new Known[1 << bits];
    this.lows = new long[table.length];
    this.highs = new long[table.length];
    this.shift = 64 - bits;
    for (var known : all) {
      var name = known.definition().name();
      if (named.put(name, known) != null) {
        throw new IllegalArgumentException("there are two commands '" + name + "'");
      }
      if (name.indexOf('|') < 0) {
        put(known);
      }
    }
  }

  private static List<Known> listed(List<Definition> definitions) {
    var parts = new TreeMap<String, Map<String, Definition>>();
    for (var definition : definitions) {
      var bar = definition.name().indexOf('|');
      var whole = bar < 0 ? definition.name() : definition.name().substring(0, bar);
      var own = parts.computeIfAbsent(whole, name -> new LinkedHashMap<>());
      if (own.putIfAbsent(bar < 0 ? "" : definition.name().substring(bar + 1), definition)
          != null) {
        throw new IllegalArgumentException("there are two commands '" + definition.name() + "'");
      }
    }
    var known = new ArrayList<Known>();
    parts.forEach((name, own) -> add(name, own, known));
    return known;
  }

  /** Adds a command after its subcommands, to which {@code help} is added. */
  private static void add(String name, Map<String, Definition> own, List<Known> to) {
    var whole = own.remove("");
    var subcommands = new LinkedHashMap<String, Known>();
    if (!own.isEmpty()) {
      own.putIfAbsent("help", Help.definition(name, own.keySet()));
    }
    for (var subcommand : own.entrySet()) {
      var known = new Known(subcommand.getValue(), to.size(), Map.of());
      to.add(known);
      subcommands.put(subcommand.getKey(), known);
    }
    to.add(new Known(whole != null ? whole : container(name), to.size(), subcommands));
  }

  /** A command that is only there for its subcommands. */
  private static Definition container(String name) {
    return new Definition(
        name,
        -2,
        Set.of(),
        0,
        0,
        0,
        (request, session, reply) -> {
          throw new CommandException("ERR unknown subcommand");
        });
  }

  private void put(Known known) {
    var name = known.name();
    if (name.length > LONGEST || !known.definition().name().matches("[a-z]+")) {
      throw new IllegalArgumentException(
          "'" + known.definition().name() + "' is not a name of 1 to 16 letters");
    }
    var low = word(name, 0, name.length);
    var high = word(name, 8, name.length);
    var at = place(low, high);
    while (table[at] != null) {
      at = (at + 1) & (table.length - 1);
    }
    table[at] = known;
    lows[at] = low;
    highs[at] = high;
  }

  /** Eight bytes of a name from a place on, folded; zeros where it has ended. */
  private static long word(byte[] bytes, int from, int to) {
    var word = 0L;
    for (int at = Math.min(to, from + 8) - 1; at >= from; at--) {
      word = word << 8 | (bytes[at] & 0xff) | 0x20;
    }
    return word;
  }

  private int place(long low, long high) {
    return (int) ((low * 0x9E3779B97F4A7C15L ^ high * 0xC2B2AE3D27D4EB4FL) >>> shift);
  }

  /**
   * The command whose name stands in those bytes, in upper or lower case; null for none. Folding
   * sets one bit, which makes no letter of what is none, and names are letters only.
   */
  @Nullable Known find(byte[] bytes, int from, int to) {
    var length = to - from;
    if (length > LONGEST || length == 0) {
      return null;
    }
    var low = word(bytes, from, to);
    var high = length > 8 ? word(bytes, from + 8, to) : 0;
    var at = place(low, high);
    for (var known = table[at]; known != null; known = table[at]) {
      if (lows[at] == low && highs[at] == high) {
        return known;
      }
      at = (at + 1) & (table.length - 1);
    }
    return null;
  }

  /** The command of that name in lower case, {@code client|list} for a subcommand. */
  @Nullable Known find(String name) {
    return named.get(name);
  }

  /** All, subcommands included, each at its id. */
  List<Known> all() {
    return all;
  }

  /** The commands that are no subcommands, by name. */
  Collection<Known> commands() {
    return named.values().stream()
        .filter(known -> known.definition().name().indexOf('|') < 0)
        .toList();
  }
}
