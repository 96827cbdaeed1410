package dev.pedidos.tools.stack.stores;

import dev.pedidos.tools.stack.home.Home;
import java.nio.file.Path;

/** The paths of broker and database under a folder such as {@code .pedidos}. */
record ServerFiles(Path folder) {
    ServerFiles {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Of those that start or stop servers. */
    Path lock() {
        return Home.runFolder(folder).resolve("stores.lock");
    }

    Path pid(String server) {
        return Home.runFolder(folder).resolve(server + ".pid");
    }

    Path log(String server) {
        return Home.logFolder(folder).resolve(server + ".log");
    }

    Path data(String server) {
        return folder.resolve(server);
    }

    Path secrets(String server) {
        return data(server).resolve("secrets.properties");
    }
}
