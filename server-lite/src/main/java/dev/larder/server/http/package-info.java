/** HTTP: the short paths, the versioned API, documentation. */
@org.jspecify.annotations.NullMarked
package dev.larder.server.http;
