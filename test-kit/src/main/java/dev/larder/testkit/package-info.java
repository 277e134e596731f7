/** Virtual time, fakes and comparisons for tests of caches. */
@NullMarked
package dev.larder.testkit;

import org.jspecify.annotations.NullMarked;
