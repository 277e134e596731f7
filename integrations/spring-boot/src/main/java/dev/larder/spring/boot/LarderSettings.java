package dev.larder.spring.boot;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties that are about Spring. Everything else that begins with {@code larder.} is a key
 * path of larder.yaml ({@link KeyPaths}).
 *
 * @param cacheNullValues whether methods that return null are cached
 * @param createMissing whether a cache that is asked for and not there is made
 * @param statistics whether caches that are made count, for metrics
 * @param standardAnnotations whether the annotations of JSR-107 are done by Larder, and not by
 *     Spring
 * @param serialAllow patterns of the classes that may be read back where entries are bytes; those
 *     in the packages of the application when null
 */
@ConfigurationProperties("larder.spring")
public record LarderSettings(
    @DefaultValue("true") boolean cacheNullValues,
    @DefaultValue("true") boolean createMissing,
    @DefaultValue("true") boolean statistics,
    @DefaultValue("true") boolean standardAnnotations,
    @Nullable List<String> serialAllow) {}
