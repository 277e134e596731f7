/** What the starters for both lines of Spring Boot have in common. */
@NullMarked
package dev.larder.spring.boot;

import org.jspecify.annotations.NullMarked;
