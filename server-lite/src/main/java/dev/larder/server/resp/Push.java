package dev.larder.server.resp;

/** A message to a client that answers no command. Immutable: the same one goes to many. */
interface Push {

  /** Writes it. */
  void write(RespReply reply);

  /** About how many bytes it takes while it waits. */
  int weight();
}
