/**
 * The contract of a cache as suites of tests. Each suite is an interface; a test class implements
 * those that its cache has to hold and says in a {@link dev.larder.testkit.contract.CacheFixture}
 * how to open one.
 */
@NullMarked
package dev.larder.testkit.contract;

import org.jspecify.annotations.NullMarked;
