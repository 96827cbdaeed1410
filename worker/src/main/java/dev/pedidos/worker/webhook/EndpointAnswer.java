package dev.pedidos.worker.webhook;

import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint's answer.
 *
 * @param retryAfter how long it asks us to wait
 * @param excerpt the beginning of its body, without control characters
 */
record EndpointAnswer(int status, Optional<Duration> retryAfter, String excerpt) {}
