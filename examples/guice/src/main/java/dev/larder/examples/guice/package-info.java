/** Annotated methods of a class that Guice makes. */
@NullMarked
package dev.larder.examples.guice;

import org.jspecify.annotations.NullMarked;
