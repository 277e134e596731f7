/** What suites of consumers share: places for their caches, servers and processes to share with. */
@NullMarked
package dev.larder.tck.support;

import org.jspecify.annotations.NullMarked;
