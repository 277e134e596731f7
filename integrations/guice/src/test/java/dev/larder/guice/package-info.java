@NullMarked
package dev.larder.guice;

import org.jspecify.annotations.NullMarked;
