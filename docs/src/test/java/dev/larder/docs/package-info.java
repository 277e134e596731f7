/** The check that the code in the documentation compiles and runs. */
@NullMarked
package dev.larder.docs;

import org.jspecify.annotations.NullMarked;
