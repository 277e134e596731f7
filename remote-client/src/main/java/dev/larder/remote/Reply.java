package dev.larder.remote;

import dev.larder.spi.Bytes;
import java.util.Map;

/**
 * What a server answered to an {@link Ask}.
 *
 * @param status of HTTP
 * @param headers by lower-case name
 * @param body the whole of it
 * @param sentAt when the request left, by {@link dev.larder.Clock#exact}
 */
record Reply(int status, Map<String, String> headers, Bytes body, long sentAt) {}
