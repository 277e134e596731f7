@org.jspecify.annotations.NullMarked
package dev.larder.server.http.v1;
