/**
 * What annotated methods do, as contracts that any container can run over itself, and the tests of
 * the core.
 */
@NullMarked
package dev.larder.annotations;

import org.jspecify.annotations.NullMarked;
