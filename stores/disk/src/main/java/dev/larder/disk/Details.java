package dev.larder.disk;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A map that is made when somebody looks into it: whoever asks for the size of a cache pays for
 * none. Not changeable; once made it stays as it is.
 */
final class Details extends AbstractMap<String, String> {
  private final Supplier<Map<String, String>> maker;
  private volatile @Nullable Map<String, String> made;

  Details(Supplier<Map<String, String>> maker) {
    this.maker = maker;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    var here = made;
    if (here == null) {
      here = Map.copyOf(maker.get());
      made = here;
    }
    return here.entrySet();
  }
}
