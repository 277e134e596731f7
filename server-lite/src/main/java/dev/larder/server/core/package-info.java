/**
 * What every protocol of the server shares: databases, the value model, limits, and where work
 * runs.
 */
@org.jspecify.annotations.NullMarked
package dev.larder.server.core;
