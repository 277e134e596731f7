@NullMarked
package dev.larder.jcache;

import org.jspecify.annotations.NullMarked;
