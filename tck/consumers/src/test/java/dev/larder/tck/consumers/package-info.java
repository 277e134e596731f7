/** Libraries that use whatever JCache provider there is, with Larder as that provider. */
@NullMarked
package dev.larder.tck.consumers;

import org.jspecify.annotations.NullMarked;
