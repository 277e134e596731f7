/** Programs to start from, on the class path. */
@NullMarked
package dev.larder.examples.plain;

import org.jspecify.annotations.NullMarked;
