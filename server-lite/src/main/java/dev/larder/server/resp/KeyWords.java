package dev.larder.server.resp;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What keyspace events call the changes that a command makes. */
final class KeyWords {
  private static final Set<String> GENERIC =
      Set.of("expire", "persist", "rename_from", "rename_to", "copy_to", "restore");

  private KeyWords() {}

  private static String command(@Nullable RespSession by) {
    var known = by == null ? null : by.running();
    return known == null ? "" : known.definition().name();
  }

  /** Whether it is not about strings only. */
  static boolean generic(String word) {
    return GENERIC.contains(word);
  }

  /** What it is called that an entry was removed. */
  static String removal(@Nullable RespSession by) {
    return switch (command(by)) {
      case "rename", "renamenx" -> "rename_from";
      default -> "del";
    };
  }

  /** What it is called that an entry was written, one word after the other. */
  static List<String> write(@Nullable RespSession by) {
    return switch (command(by)) {
      case "incr", "decr", "incrby", "decrby" -> List.of("incrby");
      case "incrbyfloat" -> List.of("incrbyfloat");
      case "append" -> List.of("append");
      case "setrange" -> List.of("setrange");
      case "expire", "pexpire", "expireat", "pexpireat" -> List.of("expire");
      case "persist" -> List.of("persist");
      case "rename", "renamenx" -> List.of("rename_to");
      case "copy" -> List.of("copy_to");
      case "restore" -> List.of("restore");
      case "setex", "psetex" -> List.of("set", "expire");
      case "getex" -> List.of(asks(by, 2, "persist") ? "persist" : "expire");
      case "set" -> timed(by) ? List.of("set", "expire") : List.of("set");
      default -> List.of("set");
    };
  }

  private static boolean timed(@Nullable RespSession by) {
    return asks(by, 3, "ex") || asks(by, 3, "px") || asks(by, 3, "exat") || asks(by, 3, "pxat");
  }

  private static boolean asks(@Nullable RespSession by, int from, String word) {
    var request = by == null ? null : by.asking();
    if (request != null) {
      for (int at = from; at < request.size(); at++) {
        if (request.is(at, word)) {
          return true;
        }
      }
    }
    return false;
  }
}
