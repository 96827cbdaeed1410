package dev.pedidos.worker.handler;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * The answer of a dependency.
 *
 * @param content is stored: no secrets
 * @param timeToLive how long others who ask the same get it
 */
public record Reply(JsonNode content, Duration timeToLive) {}
