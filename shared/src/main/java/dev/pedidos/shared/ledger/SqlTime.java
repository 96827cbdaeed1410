package dev.pedidos.shared.ledger;

import java.time.Duration;

/** Times as statements take them: {@code make_interval(secs => ?)}. */
public final class SqlTime {

    private SqlTime() {}

    public static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
