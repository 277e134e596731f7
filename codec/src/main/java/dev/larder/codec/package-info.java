/** Objects to bytes and back. */
@NullMarked
package dev.larder.codec;

import org.jspecify.annotations.NullMarked;
