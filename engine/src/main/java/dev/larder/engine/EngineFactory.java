package dev.larder.engine;

import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.LarderFactory;

/** How {@link Larder#open} finds this engine. */
public final class EngineFactory implements LarderFactory {

  /** For {@link java.util.ServiceLoader}. */
  public EngineFactory() {}

  @Override
  public Larder open(LarderBuilder settings) {
    return new LarderEngine(settings);
  }
}
