/**
 * A disk that is slow or fails when a test says so: a layer over JDBC, and a door for what is not
 * JDBC, such as the forcing of files. It serves tests of stores as it serves tests of programs with
 * a database behind a loader or a writer.
 */
@NullMarked
package dev.larder.testkit.disk;

import org.jspecify.annotations.NullMarked;
