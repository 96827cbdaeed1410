package dev.pedidos.tools.stack.stores;

import dev.pedidos.tools.stack.home.OwnSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the start script of an installed RabbitMQ, or installs the package. */
final class RabbitInstallation {
    private static final String SCRIPT = "rabbitmq-server";
    private static final List<String> FOLDERS = List.of(
            "/usr/lib/rabbitmq/bin",
            "/opt/homebrew/opt/rabbitmq/sbin",
            "/usr/local/opt/rabbitmq/sbin",
            "/home/linuxbrew/.linuxbrew/opt/rabbitmq/sbin",
            "/opt/rabbitmq/sbin");

    private RabbitInstallation() {}

    static Path findOrInstall(Path log, Consumer<String> say) throws IOException, InterruptedException {
        Optional<Path> installed = find();
        if (installed.isPresent()) {
            return installed.get();
        }
        if (RabbitPackage.canBeInstalled()) {
            say.accept("Installing rabbitmq-server with apt (once, about 20 s; no broker of the system is started)");
            RabbitPackage.install(log);
        }
        return find().orElseThrow(() -> new IOException("""
                There is no RabbitMQ on this machine, and this user cannot install it. Install it (Debian, Ubuntu: \
                apt-get install rabbitmq-server; macOS: brew install rabbitmq), use Docker, or set AMQP_URI to a \
                broker."""));
    }

    private static Optional<Path> find() {
        List<Path> candidates = new ArrayList<>();
        FOLDERS.forEach(folder -> candidates.add(Path.of(folder, SCRIPT)));
        OwnSession.onPath(SCRIPT).ifPresent(candidates::add);
        return candidates.stream()
                .filter(Files::isExecutable)
                .filter(RabbitInstallation::isTheServerItself)
                .findFirst();
    }

    /** Debian's /usr/sbin/rabbitmq-server switches to the user rabbitmq, who cannot write under our home. */
    private static boolean isTheServerItself(Path script) {
        try {
            return !script.toRealPath().endsWith("rabbitmq-script-wrapper");
        } catch (IOException e) {
            return false;
        }
    }
}
