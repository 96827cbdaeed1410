package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.home.LogTail;
import dev.pedidos.tools.stack.home.OwnSession;
import dev.pedidos.tools.stack.home.PrivateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the operating system, in a session of its own. */
record Command(List<String> words, Map<String, String> environment, Path log) {
    /** Runs it to its end. Its output is in the log, and also in the message if it failed. */
    void run(Duration bound) throws IOException, InterruptedException {
        Process process = start();
        if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException(
                    RootLocale.format("%s did not end within %d s; see %s", name(), bound.toSeconds(), log));
        }
        if (process.exitValue() != 0) {
            throw new IOException(RootLocale.format(
                    "%s ended with %d; the end of %s:%n  %s", name(), process.exitValue(), log, LogTail.of(log)));
        }
    }

    /** Starts it and does not wait. */
    Process start() throws IOException {
        List<String> all = new ArrayList<>(OwnSession.words());
        all.addAll(words);
        Path logs = log.resolveSibling(".").normalize().toAbsolutePath();
        PrivateFolder.make(logs);
        // Not the folder in which the user is: a server would hold it for as long as it runs, and leave its core dumps
        // there.
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(logs.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The user's settings for other servers must not reach ours.
        builder.environment().keySet().removeIf(name -> name.matches("(RABBITMQ_|ERL_|PG).*"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String name() {
        return String.join(" ", words);
    }

    static boolean asRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
