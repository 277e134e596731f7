/** From <code>larder.yaml</code>, environment and system properties to cache specifications. */
@NullMarked
package dev.larder.config;

import org.jspecify.annotations.NullMarked;
