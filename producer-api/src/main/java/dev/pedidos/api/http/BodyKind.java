package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare;

/**
 * A kind of requests with a body. Each kind has its own shares of memory, so that slow or large requests of one kind
 * cannot take the memory of another.
 *
 * @param limitBytes the largest body
 * @param coming for the received parts of incomplete bodies
 * @param inHand for requests from their last byte to their answer
 */
public record BodyKind(int limitBytes, MemoryShare coming, MemoryShare inHand) {}
