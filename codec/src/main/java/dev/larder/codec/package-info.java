/**
 * Codecs that need Jackson: JSON and CBOR. Found by the engine through {@link
 * java.util.ServiceLoader}; a cache asks for one with the option {@code codec}.
 */
@NullMarked
package dev.larder.codec;

import org.jspecify.annotations.NullMarked;
