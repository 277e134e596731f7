/** Spring Boot over the JCache provider of Larder, with nothing else of Larder's for Spring. */
@NullMarked
package dev.larder.tck.boot;

import org.jspecify.annotations.NullMarked;
