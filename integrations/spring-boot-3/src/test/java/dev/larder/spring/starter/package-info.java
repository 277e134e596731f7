/** Tests of the starter, the same for both lines of Spring Boot. */
@NullMarked
package dev.larder.spring.starter;

import org.jspecify.annotations.NullMarked;
