/** What the commands of Larder show to people while they work. */
@NullMarked
package dev.larder.server.console;

import org.jspecify.annotations.NullMarked;
