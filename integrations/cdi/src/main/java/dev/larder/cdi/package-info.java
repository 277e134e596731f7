/**
 * The JSR-107 annotations in Jakarta CDI: the jar on the class path is enough, the container finds
 * {@link dev.larder.cdi.CacheExtension} by itself.
 */
@NullMarked
package dev.larder.cdi;

import org.jspecify.annotations.NullMarked;
