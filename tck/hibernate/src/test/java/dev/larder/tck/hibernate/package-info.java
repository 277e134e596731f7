/** Hibernate's second-level cache with Larder below it; compiled and run on each line of Hibernate. */
@NullMarked
package dev.larder.tck.hibernate;

import org.jspecify.annotations.NullMarked;
