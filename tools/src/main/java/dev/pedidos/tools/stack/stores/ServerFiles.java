package dev.pedidos.tools.stack.stores;

import java.nio.file.Path;

/** The paths of broker and database under a folder such as {@code .pedidos}. */
record ServerFiles(Path folder) {
    ServerFiles {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Of those that start or stop servers. */
    Path lock() {
        return folder.resolve("run").resolve("stores.lock");
    }

    Path pid(String server) {
        return folder.resolve("run").resolve(server + ".pid");
    }

    Path log(String server) {
        return folder.resolve("log").resolve(server + ".log");
    }

    Path data(String server) {
        return folder.resolve(server);
    }

    Path secrets(String server) {
        return data(server).resolve("secrets.properties");
    }
}
