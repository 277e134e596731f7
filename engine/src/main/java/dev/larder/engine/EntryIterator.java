package dev.larder.engine;

import dev.larder.Entry;
import dev.larder.spi.Cursor;
import dev.larder.spi.WaitingStore;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Walks over a store page by page; holds one page. */
final class EntryIterator<K, V> implements Iterator<Entry<K, V>> {
  private static final int PAGE = 256;

  private final CacheFront<K, V> front;
  private final ArrayDeque<Entry<K, V>> page = new ArrayDeque<>();
  private @Nullable Cursor next = Cursor.START;
  private @Nullable Entry<K, V> last;

  EntryIterator(CacheFront<K, V> front) {
    this.front = front;
  }

  @Override
  public boolean hasNext() {
    front.checkOpen();
    while (true) {
      dropExpired();
      if (!page.isEmpty()) {
        return true;
      }
      if (next == null) {
        return false;
      }
      var more = WaitingStore.join(front.store().scan(next, PAGE));
      page.addAll(more.entries());
      next = more.next();
    }
  }

  /** A page may be old when its last entries are reached. */
  private void dropExpired() {
    while (!page.isEmpty() && page.peek().deadline() <= front.context().clock().now()) {
      page.poll();
    }
  }

  @Override
  public Entry<K, V> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the iteration has no more entries");
    }
    last = page.remove();
    return last;
  }

  @Override
  public void remove() {
    if (last == null) {
      throw new IllegalStateException("call next before remove, and remove once for each");
    }
    front.remove(last.key());
    last = null;
  }
}
