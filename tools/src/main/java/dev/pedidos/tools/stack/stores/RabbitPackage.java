package dev.pedidos.tools.stack.stores;

import dev.pedidos.tools.stack.home.OwnSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's package rabbitmq-server, installed without starting a broker of the system. */
final class RabbitPackage {
    private static final Duration BOUND = Duration.ofMinutes(5);
    /** The scripts of packages ask it before they start a service; 101 forbids it. */
    private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");

    private static final Path SET_ASIDE = Path.of("/usr/sbin/policy-rc.d.before-pedidos");

    private static final String FORBIDDING = """
            #!/bin/sh
            # Pedidos: no services are started while rabbitmq-server is installed.
            exit 101
            """;

    private RabbitPackage() {}

    static boolean canBeInstalled() {
        return Command.asRoot() && OwnSession.onPath("apt-get").isPresent();
    }

    static void install(Path log) throws IOException, InterruptedException {
        apt(log, "update");
        forbidServices();
        try {
            apt(log, "install", "-y", "--no-install-recommends", "rabbitmq-server");
        } finally {
            allowServices();
        }
    }

    private static void apt(Path log, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"));
        command.addAll(List.of(words));
        new Command(command, Map.of("DEBIAN_FRONTEND", "noninteractive"), log).run(BOUND);
    }

    private static void forbidServices() throws IOException {
        // Our file may be left from an installation that was killed.
        if (Files.exists(POLICY)
                && !Files.exists(SET_ASIDE)
                && !Files.readString(POLICY).equals(FORBIDDING)) {
            Files.copy(POLICY, SET_ASIDE, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(POLICY, FORBIDDING);
        Files.setPosixFilePermissions(POLICY, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void allowServices() throws IOException {
        Files.deleteIfExists(POLICY);
        if (Files.exists(SET_ASIDE)) {
            Files.move(SET_ASIDE, POLICY);
        }
    }
}
