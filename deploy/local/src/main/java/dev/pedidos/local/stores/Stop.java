package dev.pedidos.local.stores;

import java.io.IOException;

/** Stops a server in order; does nothing where the server was not started by this system. */
interface Stop {
    Stop NOTHING = () -> {};

    void run() throws IOException, InterruptedException;
}
