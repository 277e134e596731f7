package dev.larder.server.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;

/**
 * How requests are written and answers read in one protocol. One instance serves all connections;
 * keys are told by their number.
 */
interface Dialect {

  /** Writes a request for one entry. */
  void get(ByteBuf out, int key);

  /** Writes a request that stores one entry. */
  void set(ByteBuf out, int key);

  /** Writes a request that removes one entry. */
  void remove(ByteBuf out, int key);

  /** Writes one request for the entries of those keys. */
  void getAll(ByteBuf out, int[] keys);

  /** Writes one request that stores the entries of those keys. */
  void setAll(ByteBuf out, int[] keys);

  /**
   * Writes what a connection begins with, where it is to be answered before anything else.
   *
   * @return whether there is such a thing
   */
  boolean greet(ByteBuf out);

  /** Adds what turns bytes into one {@link Answer} for each request. */
  void answers(ChannelPipeline pipeline);
}
