/** The annotation tests of the JSR-107 TCK, run and counted. */
@NullMarked
package dev.larder.tck.annotations;

import org.jspecify.annotations.NullMarked;
