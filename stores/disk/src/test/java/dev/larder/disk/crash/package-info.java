/** Processes that are killed, files that are damaged, disks that fail, and what must be left. */
@NullMarked
package dev.larder.disk.crash;

import org.jspecify.annotations.NullMarked;
