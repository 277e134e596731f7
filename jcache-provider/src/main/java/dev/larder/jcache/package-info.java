/** The standard JCache API over Larder. */
@NullMarked
package dev.larder.jcache;

import org.jspecify.annotations.NullMarked;
