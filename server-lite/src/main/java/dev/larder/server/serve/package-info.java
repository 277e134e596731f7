/** The command {@code serve}: settings, wiring, start and orderly end. */
@org.jspecify.annotations.NullMarked
package dev.larder.server.serve;
