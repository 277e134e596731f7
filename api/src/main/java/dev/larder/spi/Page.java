package dev.larder.spi;

import dev.larder.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a scan.
 *
 * @param entries live entries; may be empty although more follow
 * @param next where to go on, null at the end
 */
public record Page<K, V>(List<Entry<K, V>> entries, @Nullable Cursor next) {}
