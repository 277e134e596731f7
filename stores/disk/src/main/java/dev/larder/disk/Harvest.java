package dev.larder.disk;

import dev.larder.disk.Overlay.Closing;
import dev.larder.disk.Table.Changes;
import dev.larder.disk.Table.Touch;
import dev.larder.spi.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one transaction of a generation: rows with the accesses since, and accesses alone. */
final class Harvest {
  private final Entries entries;
  private final Closing closing;
  private final Generation generation;

  Harvest(Entries entries, Closing closing) {
    this.entries = entries;
    this.closing = closing;
    this.generation = closing.generation();
  }

  /** What the table is to do. */
  Changes changes() {
    var written = new ArrayList<Row>(generation.count());
    var removed = new ArrayList<Row>();
    for (var row : generation.rows().values()) {
      if (row.payload() == null) {
        removed.add(row);
      } else {
        var recent = entries.overlay().recency().of(row.key());
        written.add(accessed(row, generation.access(row.key()), recent));
      }
    }
    // In the order of the file.
    written.sort(Comparator.comparingLong(Row::id));
    removed.sort(Comparator.comparingLong(Row::id));
    return new Changes(generation.clears(), written, removed, touches(), closing.after());
  }

  private Row accessed(Row row, @Nullable Access since, long recent) {
    var at = Math.max(Rules.accessedAt(row, since), recent);
    return since == null && at == row.accessedAt()
        ? row
        : Cell.moved(row, at, entries.rules().deadline(row, since));
  }

  private List<Touch> touches() {
    var touches = new ArrayList<Touch>(generation.accesses().size() + closing.recent().size());
    generation.accesses().forEach((key, access) -> touch(key, access, touches));
    closing
        .recent()
        .forEach(
            (key, instant) -> {
              if (generation.access(key) == null) {
                touch(key, Access.told(instant), touches);
              }
            });
    // In the order of the file.
    touches.sort(Comparator.comparingLong(touch -> touch.row().id()));
    return touches;
  }

  private void touch(Bytes key, Access access, List<Touch> touches) {
    if (generation.row(key) != null || generation.clears()) {
      return;
    }
    var row = access.row() == null ? known(key) : access.row();
    if (row != null) {
      var moved = accessed(row, access, entries.overlay().recency().of(key));
      if (moved.accessedAt() != row.accessedAt() || moved.deadline() != row.deadline()) {
        touches.add(new Touch(row, moved.accessedAt(), moved.deadline()));
      }
    }
  }

  private @Nullable Row known(Bytes key) {
    var head = entries.heads().get(key, closing.era());
    return head == null ? entries.table().read(key, false) : head;
  }
}
