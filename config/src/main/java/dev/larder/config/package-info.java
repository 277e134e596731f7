/**
 * From {@code larder.yaml}, environment variables and system properties to cache descriptions. The
 * way of a setting: {@code Location} finds the file, {@code YamlTree} reads it with the place of
 * every word, the three layers ({@code FileLayer}, {@code EnvironmentLayer}, {@code PropertyLayer})
 * check what they find against the table {@code Keys} and lay it into a {@code Draft}, {@code
 * Rules} looks for contradictions, and {@code LoadedConfiguration} completes descriptions of
 * caches.
 */
@NullMarked
package dev.larder.config;

import org.jspecify.annotations.NullMarked;
