/**
 * What users of Larder hold: the cache, its description, its hooks and its exceptions. Everything
 * here is null-hostile unless a type is marked {@code @Nullable}: a null argument gives a {@link
 * NullPointerException} that names the argument.
 */
@NullMarked
package dev.larder;

import org.jspecify.annotations.NullMarked;
