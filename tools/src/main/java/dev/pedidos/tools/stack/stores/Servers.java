package dev.pedidos.tools.stack.stores;

import java.io.IOException;

/** Provides a broker and a database if the environment does not name them. */
interface Servers {
    Broker openBroker() throws IOException, InterruptedException;

    DatabaseUrls openDatabase() throws IOException, InterruptedException;

    /** Stops the running servers; true if there were any. */
    boolean stop() throws IOException, InterruptedException;
}
