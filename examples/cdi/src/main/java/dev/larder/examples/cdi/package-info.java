/** Annotated methods of a class that Jakarta CDI makes. */
@NullMarked
package dev.larder.examples.cdi;

import org.jspecify.annotations.NullMarked;
