package dev.larder;

/** Why a read found nothing, as far as the store can tell. */
public enum MissCause {
  /** Never seen. */
  COLD,
  /** Its time had run out. */
  EXPIRED,
  /** It had to make room. */
  EVICTED,
  /** It was invalidated. */
  INVALIDATED,
  /** It was written under another schema version or could not be decoded. */
  SCHEMA,
  /** The store keeps no record that would tell. */
  UNKNOWN
}
