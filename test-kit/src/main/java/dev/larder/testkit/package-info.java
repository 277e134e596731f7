/** Contract suites, virtual time and fakes. */
@NullMarked
package dev.larder.testkit;

import org.jspecify.annotations.NullMarked;
