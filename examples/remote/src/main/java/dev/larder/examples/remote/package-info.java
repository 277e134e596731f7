/** A cache that several processes share, in a Larder server. */
@NullMarked
package dev.larder.examples.remote;

import org.jspecify.annotations.NullMarked;
