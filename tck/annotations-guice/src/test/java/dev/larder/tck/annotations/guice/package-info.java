/** The annotation tests of the JSR-107 TCK in Guice. */
@NullMarked
package dev.larder.tck.annotations.guice;

import org.jspecify.annotations.NullMarked;
