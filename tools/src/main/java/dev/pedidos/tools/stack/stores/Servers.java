package dev.pedidos.tools.stack.stores;

import java.io.IOException;

/** A way to come by a broker and a database that the environment does not give. */
interface Servers {
    Broker openBroker() throws IOException, InterruptedException;

    DatabaseUrls openDatabase() throws IOException, InterruptedException;

    /** Stops what of it runs; true if there was something. */
    boolean stop() throws IOException, InterruptedException;
}
