/** Load on a server, and what it measured. */
@org.jspecify.annotations.NullMarked
package dev.larder.server.load;
