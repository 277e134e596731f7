package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.testkit.VirtualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The data commands on a database of its own, without a connection. A command is its words between
 * blanks; an answer is shown as redis-cli does, errors with a minus in front.
 */
final class Console implements Session, AutoCloseable {
  static final Limits SMALL =
      new Limits(100, 1_000, 10, 10_000, 50, 10_000, Duration.ZERO, Duration.ofSeconds(1), 10);

  final VirtualClock clock = new VirtualClock();
  final Databases databases;
  final Database database;
  private final Limits limits;
  private final Map<String, Definition> commands = new HashMap<>();

  private Console(LarderBuilder settings, String topology, Limits limits) {
    this.databases = new Databases(settings.clock(clock), Map.of(1, "other"));
    this.limits = limits;
    if (topology.equals("memory")) {
      this.database = databases.first();
    } else {
      var spec = Databases.spec("here").topology(topology);
      this.database = databases.create(spec.option("disk.path", ":memory:").build());
    }
    Stream.of(
            ValueCommands.definitions(),
            NumberCommands.definitions(),
            RangeCommands.definitions(),
            ManyCommands.definitions(),
            KeyCommands.definitions(),
            ScanCommands.definitions(),
            ExpiryCommands.definitions(),
            ObjectCommands.definitions())
        .flatMap(List::stream)
        .forEach(each -> commands.put(each.name(), each));
  }

  static Console on(String topology) {
    return new Console(Larder.builder(), topology, Limits.DEFAULT);
  }

  static Console small(String topology) {
    return new Console(Larder.builder(), topology, SMALL);
  }

  static Console with(LarderBuilder settings) {
    return new Console(settings, "memory", Limits.DEFAULT);
  }

  /** Runs the words of a line; {@code ''} is the empty word. */
  String run(String line) {
    return runWords(
        Arrays.stream(line.split(" ")).map(word -> word.equals("''") ? "" : word).toList());
  }

  String runWords(List<String> words) {
    var parts = words.stream().map(word -> word.getBytes(ISO_8859_1)).toArray(byte[][]::new);
    return shown(answer(parts));
  }

  /** Runs several lines, and shows their answers with commas between. */
  String runAll(String... lines) {
    return String.join(", ", Arrays.stream(lines).map(this::run).toList());
  }

  String answer(byte[]... parts) {
    var reply = new WireReply();
    try {
      definition(parts).command().run(new Request(parts), this, reply);
      return reply.toString();
    } catch (CommandException e) {
      var refused = new WireReply();
      refused.error(String.valueOf(e.getMessage()));
      return refused.toString();
    }
  }

  private Definition definition(byte[]... parts) {
    var name = new String(parts[0], ISO_8859_1).toLowerCase(Locale.ROOT);
    var definition = commands.get(name);
    if (definition == null) {
      definition =
          commands.get(name + "|" + new String(parts[1], ISO_8859_1).toLowerCase(Locale.ROOT));
    }
    if (definition == null) {
      throw new IllegalArgumentException("no command " + name);
    }
    return definition;
  }

  private static String shown(String wire) {
    return Shown.of(wire);
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public Databases databases() {
    return databases;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public void close() {
    databases.close();
  }
}
