/** The disk tier measured against other stores on disk, side by side. */
@NullMarked
package dev.larder.benchmarks.disk;

import org.jspecify.annotations.NullMarked;
