package dev.larder.server.resp;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What {@code CLIENT HELP} and its like answer: the subcommands there are. */
final class Help {
  private Help() {}

  static Definition definition(String name, Set<String> subcommands) {
    var lines = new ArrayList<String>();
    lines.add(
        name.toUpperCase(Locale.ROOT)
            + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    new TreeSet<>(subcommands).forEach(word -> lines.add(word.toUpperCase(Locale.ROOT)));
    lines.add("HELP");
    lines.add("    Print this help.");
    return new Definition(
        name + "|help",
        2,
        Set.of(),
        0,
        0,
        0,
        (request, session, reply) -> {
          reply.array(lines.size());
          lines.forEach(reply::simple);
        });
  }
}
