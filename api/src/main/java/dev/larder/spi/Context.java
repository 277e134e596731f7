package dev.larder.spi;

import dev.larder.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a store is given from outside: nothing else reads time, starts threads or looks up classes.
 *
 * @param clock the time
 * @param scheduler periodic work and timeouts, quick tasks only
 * @param executor everything that may take long
 * @param codecs bytes for objects
 * @param loader the class loader of the user's classes
 * @param tap where sampled accesses go
 */
public record Context(
    Clock clock,
    ScheduledExecutorService scheduler,
    Executor executor,
    Codecs codecs,
    ClassLoader loader,
    Tap tap) {}
