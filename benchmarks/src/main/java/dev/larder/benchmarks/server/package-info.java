/** The server against redis-server and against bare Netty, measured with the tools of others. */
@NullMarked
package dev.larder.benchmarks.server;

import org.jspecify.annotations.NullMarked;
