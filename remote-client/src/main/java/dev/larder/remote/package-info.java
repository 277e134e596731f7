/** Entries in a Larder server. What is public here is what an application may implement. */
@NullMarked
package dev.larder.remote;

import org.jspecify.annotations.NullMarked;
