package dev.larder.disk;

import dev.larder.disk.Overlay.Closing;
import dev.larder.disk.Table.Changes;
import dev.larder.disk.Table.Touch;
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
        written.add(accessed(row, generation.access(row.key())));
      }
    }
    // In the order of the file.
    written.sort(Comparator.comparingLong(Row::id));
    removed.sort(Comparator.comparingLong(Row::id));
    return new Changes(generation.clears(), written, removed, touches(), closing.after());
  }

  private Row accessed(Row row, @Nullable Access since) {
    return since == null
        ? row
        : Cell.moved(row, Rules.accessedAt(row, since), entries.rules().deadline(row, since));
  }

  private List<Touch> touches() {
    var touches = new ArrayList<Touch>(generation.accesses().size());
    generation
        .accesses()
        .forEach(
            (key, access) -> {
              if (generation.row(key) != null || generation.clears()) {
                return;
              }
              var row = access.row() == null ? entries.table().read(key, false) : access.row();
              if (row != null) {
                var moved = accessed(row, access);
                touches.add(new Touch(row, moved.accessedAt(), moved.deadline()));
              }
            });
    return touches;
  }
}
