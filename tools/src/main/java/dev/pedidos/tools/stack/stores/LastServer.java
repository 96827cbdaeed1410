package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.util.function.Consumer;

/** The server of the last ledger, without a broker. If it was started for this, closing stops it. */
public final class LastServer implements AutoCloseable {
    private final String databaseUrl;
    private final Stop stop;
    private final Consumer<String> say;

    LastServer(String databaseUrl, Stop stop, Consumer<String> say) {
        this.databaseUrl = databaseUrl;
        this.stop = stop;
        this.say = say;
    }

    /** Of the last ledger, as the programs' role. */
    public String databaseUrl() {
        return databaseUrl;
    }

    @Override
    public void close() {
        try {
            stop.run();
        } catch (IOException e) {
            say.accept("The database could not be stopped: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
