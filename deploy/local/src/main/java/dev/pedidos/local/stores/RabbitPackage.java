package dev.pedidos.local.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's package rabbitmq-server, installed without letting it start a broker of the system. */
final class RabbitPackage {
    private static final Duration BOUND = Duration.ofMinutes(5);
    /** Asked by every package's scripts before they start a service: 101 forbids it. */
    private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");

    private static final Path SET_ASIDE = Path.of("/usr/sbin/policy-rc.d.before-pedidos");

    private RabbitPackage() {}

    static boolean canBeInstalled() {
        return Command.asRoot() && Command.onPath("apt-get").isPresent();
    }

    static void install(Path log) throws IOException, InterruptedException {
        apt(log, "update");
        // A Ctrl-C in the middle ends this JVM without its finally blocks.
        Thread whenInterrupted = new Thread(RabbitPackage::allowServices);
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
        forbidServices();
        try {
            apt(log, "install", "-y", "--no-install-recommends", "rabbitmq-server");
        } finally {
            allowServices();
            Runtime.getRuntime().removeShutdownHook(whenInterrupted);
        }
    }

    private static void apt(Path log, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"));
        command.addAll(List.of(words));
        new Command(command, Map.of("DEBIAN_FRONTEND", "noninteractive"), log).run(BOUND);
    }

    private static void forbidServices() throws IOException {
        if (Files.exists(POLICY) && !Files.exists(SET_ASIDE)) {
            Files.copy(POLICY, SET_ASIDE, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(POLICY, "#!/bin/sh\nexit 101\n");
        Files.setPosixFilePermissions(POLICY, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void allowServices() {
        try {
            Files.deleteIfExists(POLICY);
            if (Files.exists(SET_ASIDE)) {
                Files.move(SET_ASIDE, POLICY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s still forbids packages to start services; put %s back in its place"
                            .formatted(POLICY, SET_ASIDE),
                    e);
        }
    }
}
