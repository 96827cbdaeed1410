package dev.pedidos.worker.handler;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * What a dependency has answered.
 *
 * @param content is kept: no secrets
 * @param servesFor how long it serves others who ask the same
 */
public record Reply(JsonNode content, Duration servesFor) {}
