package dev.pedidos.e2e.system;

import dev.pedidos.e2e.system.PedidosCommand.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Runs scripts in a folder, in an ASCII locale. */
public record Bash(Path folder, Map<String, String> variables) {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    public Ended run(String script) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        return new ProcessOutput(builder.start()).awaitEnd(PATIENCE);
    }
}
