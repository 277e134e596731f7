/** A cache on disk, in front of a slow service. */
@NullMarked
package dev.larder.examples.disk;

import org.jspecify.annotations.NullMarked;
