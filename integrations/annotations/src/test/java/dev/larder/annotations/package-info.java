/**
 * What annotated methods do, as contracts that any container can run over itself, and the tests of
 * the core.
 */
package dev.larder.annotations;
