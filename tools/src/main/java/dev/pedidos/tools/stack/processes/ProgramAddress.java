package dev.pedidos.tools.stack.processes;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Setting;
import dev.pedidos.shared.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;

/** A kind of program, with the settings of the address that it listens on. */
public enum ProgramAddress {
    API("producer-api", Settings.API_HOST, Settings.API_PORT),
    WORKER("worker", Settings.WORKER_HOST, Settings.WORKER_PORT);

    private final String module;
    private final Setting host;
    private final Setting port;

    ProgramAddress(String module, Setting host, Setting port) {
        this.module = module;
        this.host = host;
        this.port = port;
    }

    public String module() {
        return module;
    }

    public Setting port() {
        return port;
    }

    String host(Env env) {
        return env.validOrDefault(host);
    }

    /** @throws IOException no program of this machine can listen there */
    InetAddress address(Env env) throws IOException {
        try {
            var address = InetAddress.getByName(host(env));
            if (address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null) {
                return address;
            }
        } catch (UnknownHostException e) {
            throw new IOException(host.name() + ": the host " + host(env) + " is unknown", e);
        }
        throw new IOException(host.name() + ": this machine does not have the address " + host(env));
    }
}
