package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare;

/**
 * A kind of requests with a body. Each has shares of the memory of its own, so that slow or large ones of a kind cannot take what
 * another one needs.
 *
 * @param limitBytes of a body
 * @param coming for what has come of bodies that are not whole yet
 * @param inHand for requests from their last byte to their answer
 */
public record BodyKind(int limitBytes, MemoryShare coming, MemoryShare inHand) {}
