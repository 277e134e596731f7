/** Tests of Spring's cache abstraction over Larder, on whichever Spring is there. */
@NullMarked
package dev.larder.spring;

import org.jspecify.annotations.NullMarked;
