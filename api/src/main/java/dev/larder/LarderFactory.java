package dev.larder;

/**
 * What an engine provides through {@link java.util.ServiceLoader} so that {@link Larder#open} finds
 * it. Not for applications.
 */
@FunctionalInterface
public interface LarderFactory {

  /** Opens a manager with these settings. */
  Larder open(LarderBuilder settings);
}
