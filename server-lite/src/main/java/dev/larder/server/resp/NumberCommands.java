package dev.larder.server.resp;

import static dev.larder.server.resp.Definition.Flag.FAST;
import static dev.larder.server.resp.Definition.Flag.WRITE;

import dev.larder.server.core.Contents;
import dev.larder.server.core.Verb;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Slot;
import java.util.List;
import java.util.Set;

/**
 * The commands that count. A value is a number if its bytes are one as text, whoever wrote them; it
 * keeps its life and its content type.
 */
final class NumberCommands {
  /**
   * An addition.
   *
   * @param fresh what a number carries where there was none
   */
  private record Increment(long by, Meta fresh) {}

  private static final byte[] ZERO = {'0'};

  private static final Verb<Increment, Long> INCREMENT =
      Verb.of("incrby", NumberCommands::increment);
  private static final Verb<Payload, byte[]> ADD = Verb.of("incrbyfloat", NumberCommands::add);

  private NumberCommands() {}

  static List<Definition> definitions() {
    return List.of(
        whole("incr", 2, request -> 1),
        whole("decr", 2, request -> -1),
        whole("incrby", 3, request -> Arguments.integer(request, 2)),
        whole("decrby", 3, NumberCommands::negated),
        new Definition("incrbyfloat", 3, Set.of(WRITE, FAST), 1, 1, 1, NumberCommands::addDecimal));
  }

  private interface Amount {
    long of(Request request);
  }

  private static long negated(Request request) {
    var amount = Arguments.integer(request, 2);
    if (amount == Long.MIN_VALUE) {
      throw new CommandException("ERR decrement would overflow");
    }
    return -amount;
  }

  private static Definition whole(String name, int arity, Amount amount) {
    return new Definition(
        name,
        arity,
        Set.of(WRITE, FAST),
        1,
        1,
        1,
        (request, session, reply) -> {
          var database = session.database();
          var increment = new Increment(amount.of(request), database.contents().meta(Contents.RAW));
          var key = Arguments.key(request, 1, session);
          long sum = database.update(key, INCREMENT, increment);
          database.counted(1, 0);
          reply.integer(sum);
        });
  }

  private static void addDecimal(Request request, Session session, Reply reply) {
    var database = session.database();
    var addition = database.contents().raw(request.part(2));
    var sum = database.update(Arguments.key(request, 1, session), ADD, addition);
    database.counted(1, 0);
    reply.bulk(sum);
  }

  private static Long increment(Increment increment, Slot<Payload> slot) {
    var value = Values.of(slot);
    var before = value == null ? 0 : Numbers.parse(value.array());
    var sum = before + increment.by;
    // Both of one sign, and the sum not.
    if (((before ^ sum) & (increment.by ^ sum)) < 0) {
      throw new CommandException("ERR increment or decrement would overflow");
    }
    Values.replace(slot, Numbers.text(sum), increment.fresh);
    return sum;
  }

  private static byte[] add(Payload addition, Slot<Payload> slot) {
    var value = Values.of(slot);
    var sum = LongDouble.sum(value == null ? ZERO : value.array(), addition.array());
    Values.replace(slot, sum, addition.meta());
    return sum;
  }
}
