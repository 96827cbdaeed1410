package dev.pedidos.worker.handler;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * An answer of a dependency, new or kept.
 *
 * @param askedAt when the dependency gave it, by the database's clock
 */
public record Answer(JsonNode content, Instant askedAt) {}
