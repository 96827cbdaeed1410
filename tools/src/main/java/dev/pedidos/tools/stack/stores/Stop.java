package dev.pedidos.tools.stack.stores;

import java.io.IOException;

/** Stops or drops something in order; does nothing if it was not started by this system. */
interface Stop {
    Stop NOTHING = () -> {};

    void run() throws IOException, InterruptedException;
}
