package dev.larder.server.http;

import dev.larder.Clock;
import dev.larder.server.core.Access;
import dev.larder.server.core.Budget;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Work;
import java.util.function.BooleanSupplier;

/**
 * What all conversations share.
 *
 * @param router finds routes
 * @param access who may use the server
 * @param limits what a client may ask
 * @param work where routes run that wait
 * @param telemetry told of requests
 * @param clock measures them
 * @param budget for bodies of requests
 * @param ending whether connections are to end after the request they are at
 */
record HttpLayer(
    Router router,
    Access access,
    Limits limits,
    Work work,
    Telemetry telemetry,
    Clock clock,
    Budget budget,
    BooleanSupplier ending) {}
