package dev.pedidos.local.stores;

import java.io.IOException;
import java.util.function.Consumer;

/** Servers started from the programs on this machine. */
record PrivateServers(HomeFiles files, Consumer<String> say) implements Servers {
    @Override
    public Broker openBroker() throws IOException, InterruptedException {
        return new LocalRabbit(files, say).open();
    }

    @Override
    public Database openDatabase() throws IOException, InterruptedException {
        return new LocalPostgres(files, say).open();
    }
}
