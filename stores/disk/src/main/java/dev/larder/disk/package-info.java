/** Entries in a crash-safe file. */
@NullMarked
package dev.larder.disk;

import org.jspecify.annotations.NullMarked;
