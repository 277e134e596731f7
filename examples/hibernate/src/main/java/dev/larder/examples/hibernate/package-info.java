/** The second-level cache of Hibernate with Larder below it. */
@NullMarked
package dev.larder.examples.hibernate;

import org.jspecify.annotations.NullMarked;
