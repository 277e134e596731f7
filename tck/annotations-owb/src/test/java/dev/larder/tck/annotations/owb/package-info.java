/** The annotation tests of the JSR-107 TCK in OpenWebBeans. */
@NullMarked
package dev.larder.tck.annotations.owb;

import org.jspecify.annotations.NullMarked;
