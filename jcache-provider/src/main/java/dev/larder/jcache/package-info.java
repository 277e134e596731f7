/**
 * JSR-107 words translated into those of Larder. No caching logic of its own: what each method
 * costs and does is in docs/jcache-mapping.md.
 */
@NullMarked
package dev.larder.jcache;

import org.jspecify.annotations.NullMarked;
