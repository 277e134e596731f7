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

  final VirtualClock clock;
  final Databases databases;
  final Database database;
  private final Limits limits;
  private final Map<String, Definition> commands = new HashMap<>();

  private Console(LarderBuilder settings, VirtualClock clock, Limits limits) {
    this.databases = new Databases(settings, Map.of(1, "other"));
    this.database = databases.first();
    this.clock = clock;
    this.limits = limits;
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

  /** Over a store of that name, by a clock that stands still. */
  static Console on(String topology) {
    return on(topology, Limits.DEFAULT);
  }

  /** The same with {@link #SMALL} limits. */
  static Console small(String topology) {
    return on(topology, SMALL);
  }

  private static Console on(String topology, Limits limits) {
    var settings = Larder.builder().property("topology", topology);
    if (topology.equals("disk")) {
      settings.property("disk.path", ":memory:");
    }
    var clock = new VirtualClock();
    return new Console(settings.clock(clock), clock, limits);
  }

  /** Of caches with a setting. */
  static Console with(String path, String value) {
    var clock = new VirtualClock();
    return new Console(Larder.builder().clock(clock).property(path, value), clock, Limits.DEFAULT);
  }

  /** By the real clock. */
  static Console real() {
    return new Console(Larder.builder(), new VirtualClock(), Limits.DEFAULT);
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

  /** Runs a command and gives its answer as it would go out. */
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
    var container = commands.keySet().stream().anyMatch(each -> each.startsWith(name + "|"));
    var word = container && parts.length > 1 ? new String(parts[1], ISO_8859_1) : "";
    var full = word.isEmpty() ? name : name + "|" + word.toLowerCase(Locale.ROOT);
    var definition = commands.get(full);
    if (definition == null && !word.isEmpty()) {
      throw new CommandException(
          "ERR unknown subcommand '" + word + "'. Try " + name.toUpperCase(Locale.ROOT) + " HELP.");
    }
    int arity = definition == null ? -2 : definition.arity();
    if (definition == null || (arity < 0 ? parts.length < -arity : parts.length != arity)) {
      throw new CommandException("ERR wrong number of arguments for '" + full + "' command");
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
