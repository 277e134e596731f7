/** Tests of what the starters have in common. */
@NullMarked
package dev.larder.spring.boot;

import org.jspecify.annotations.NullMarked;
