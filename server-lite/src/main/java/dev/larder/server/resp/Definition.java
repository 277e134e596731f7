package dev.larder.server.resp;

import java.util.Set;

/**
 * A command as clients learn of it from {@code COMMAND}, and how it is run.
 *
 * @param name its name in lower case; {@code client|list} for a subcommand
 * @param arity how many parts it has, its name included; negative for at least so many
 * @param flags what it is, in the words of Redis
 * @param firstKey the part that is the first key, 0 for none
 * @param lastKey the part that is the last key, from the end where negative
 * @param step from one key to the next
 * @param command what it does
 */
record Definition(
    String name, int arity, Set<Flag> flags, int firstKey, int lastKey, int step, Command command) {

  /** What a command is. */
  enum Flag {
    /** May change entries. */
    WRITE,
    /** Only looks at entries. */
    READONLY,
    /** Takes about the same time whatever there is. */
    FAST,
    /** Needs no password. */
    NO_AUTH,
    /** Is for operators. */
    ADMIN,
    /** Works while the connection is subscribed in RESP2. */
    PUBSUB,
    /**
     * Touches several entries as one: goes through the {@link dev.larder.server.core.Gate} alone.
     */
    ALONE,
    /** Is not to be queued in a transaction. */
    NO_MULTI
  }
}
