package dev.pedidos.tools.stack.stores;

import java.nio.file.Path;

/** The paths under a home folder. */
record HomeFiles(Path home) {
    HomeFiles {
        home = home.toAbsolutePath().normalize();
    }

    /** Of those that start or stop servers. */
    Path lock() {
        return home.resolve("run").resolve("stores.lock");
    }

    Path pid(String server) {
        return home.resolve("run").resolve(server + ".pid");
    }

    Path log(String server) {
        return home.resolve("log").resolve(server + ".log");
    }

    Path data(String server) {
        return home.resolve(server);
    }

    Path secrets(String server) {
        return data(server).resolve("secrets.properties");
    }
}
