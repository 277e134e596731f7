/** The meters, in real registries. */
@NullMarked
package dev.larder.micrometer;

import org.jspecify.annotations.NullMarked;
