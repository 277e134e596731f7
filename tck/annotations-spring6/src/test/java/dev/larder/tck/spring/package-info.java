/** The annotation tests of the JSR-107 TCK over Larder, in a context of Spring. */
@NullMarked
package dev.larder.tck.spring;

import org.jspecify.annotations.NullMarked;
