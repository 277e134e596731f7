/** The annotation tests of the JSR-107 TCK in Weld. */
@NullMarked
package dev.larder.tck.annotations.weld;

import org.jspecify.annotations.NullMarked;
