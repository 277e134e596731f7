/** The JSR-107 annotations in Guice: install {@link dev.larder.guice.CacheModule}. */
@NullMarked
package dev.larder.guice;

import org.jspecify.annotations.NullMarked;
