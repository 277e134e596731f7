@NullMarked
package dev.larder.cdi;

import org.jspecify.annotations.NullMarked;
