/** Cached methods in an application of Spring Boot. */
@NullMarked
package dev.larder.examples.boot;

import org.jspecify.annotations.NullMarked;
