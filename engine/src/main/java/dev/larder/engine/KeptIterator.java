package dev.larder.engine;

import dev.larder.Entry;
import dev.larder.spi.Kept;
import dev.larder.spi.Remainder;
import java.util.Iterator;

/**
 * Entries of a scan with what is left of their lives, as of an instant, from a store that knows no
 * order.
 */
record KeptIterator<K, V>(Iterator<Entry<K, V>> entries, long since)
    implements Iterator<Kept<K, V>> {

  @Override
  public boolean hasNext() {
    return entries.hasNext();
  }

  @Override
  public Kept<K, V> next() {
    var entry = entries.next();
    return new Kept<>(entry.key(), entry.value(), Remainder.until(entry.deadline(), since));
  }
}
