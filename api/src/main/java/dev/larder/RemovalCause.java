package dev.larder;

/** Why an entry left. */
public enum RemovalCause {
  /** The user took it out. */
  EXPLICIT,
  /** Another value took its place. */
  REPLACED,
  /** Its time ran out. */
  EXPIRED,
  /** Space ran short. */
  EVICTED,
  /** It was declared outdated: by tag, by a clear, or by the authority behind a copy. */
  INVALIDATED
}
