package dev.pedidos.tools.proof.torture.faults;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets a fault last. */
final class Hold {

    private Hold() {}

    static void on(Duration length) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
    }
}
