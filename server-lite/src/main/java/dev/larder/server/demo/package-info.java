/**
 * What {@code larder demo} does: the requests of a web site's log, answered by a database alone and
 * then by the database behind a cache.
 */
@NullMarked
package dev.larder.server.demo;

import org.jspecify.annotations.NullMarked;
