/** The versioned API of named caches: docs/wire-protocol.md. */
@org.jspecify.annotations.NullMarked
package dev.larder.server.http.v1;
