package dev.pedidos.worker.outage;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Configures circuit breakers. They measure elapsed time; by default the library asks the wall clock, which can be set. */
public final class CircuitBreakers {

    private static final Clock ELAPSED = new ElapsedTime();

    private CircuitBreakers() {}

    public static CircuitBreakerConfig.Builder config() {
        return CircuitBreakerConfig.custom().clock(ELAPSED);
    }

    /** Its instants say nothing about the time of day. */
    private static final class ElapsedTime extends Clock {
        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, System.nanoTime());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
