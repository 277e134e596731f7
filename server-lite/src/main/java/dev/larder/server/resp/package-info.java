/** The Redis protocol. */
@org.jspecify.annotations.NullMarked
package dev.larder.server.resp;
