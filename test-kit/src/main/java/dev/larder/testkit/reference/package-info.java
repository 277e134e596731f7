/** A cache that is obviously right, to compare others with. */
@NullMarked
package dev.larder.testkit.reference;

import org.jspecify.annotations.NullMarked;
