package dev.larder;

/** What a read does when its store fails. Writes always report the failure. */
public enum FailurePolicy {
  /** The caller gets the {@link StoreException}. */
  FAIL,
  /** The read finds nothing. */
  MISS,
  /** The read gets the copy in an upper tier, even if stale; without one it finds nothing. */
  SERVE_STALE
}
