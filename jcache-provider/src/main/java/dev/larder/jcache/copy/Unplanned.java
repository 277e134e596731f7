package dev.larder.jcache.copy;

/**
 * A value turned out to hold something of which only serialization knows what becomes of it; the
 * whole value is then serialized. Has no stack trace, since it never leaves {@link Copier}.
 */
final class Unplanned extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unplanned() {
    super("not to be copied without serialization", null, false, false);
  }
}
