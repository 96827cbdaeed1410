package dev.pedidos.tools.proof.torture.faults;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Keeps a fault in place for its time. */
final class Hold {

    private Hold() {}

    static void on(Duration length) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
    }
}
