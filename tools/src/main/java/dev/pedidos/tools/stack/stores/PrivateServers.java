package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Servers started on this machine. */
record PrivateServers(ServerFiles files, Consumer<String> say) implements Servers {
    /** True if a database is under this folder. It may be the rest of a run whose broker did not start. */
    static boolean haveData(ServerFiles files) {
        return Files.exists(files.data("postgres").resolve("data"));
    }

    /** Its pid file must stay: a second server on the same data would destroy it. */
    static IOException cannotBeStopped(String server, ProcessHandle process) {
        return new IOException(RootLocale.format(
                "The private %s (pid %d) has been killed and still has not ended: it belongs to another user, or the system holds it",
                server, process.pid()));
    }

    @Override
    public Broker openBroker() throws IOException, InterruptedException {
        return new LocalRabbit(files, say).open();
    }

    @Override
    public DatabaseUrls openDatabase() throws IOException, InterruptedException {
        return new LocalPostgres(files, say).open();
    }

    /** Pids by the names of their pid files. */
    Map<String, Long> living() throws IOException {
        Map<String, Long> living = new LinkedHashMap<>();
        new LocalRabbit(files, say).process().ifPresent(process -> living.put("rabbitmq", process.pid()));
        new LocalPostgres(files, say).process().ifPresent(process -> living.put("postgres", process.pid()));
        return living;
    }

    @Override
    public boolean stop() throws IOException, InterruptedException {
        LocalRabbit rabbit = new LocalRabbit(files, say);
        LocalPostgres postgres = new LocalPostgres(files, say);
        boolean something = rabbit.runs() || postgres.runs();
        try (Together together = new Together()) {
            Together.Result<Boolean> broker = together.start(() -> {
                rabbit.stop();
                return true;
            });
            postgres.stop();
            broker.get();
        }
        return something;
    }
}
