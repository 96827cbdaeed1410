package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The four ports of a private node, all on the loopback interface. */
record RabbitPorts(int amqp, int management, int distribution, int epmd) {
    static RabbitPorts remembered(Secrets secrets) {
        return new RabbitPorts(
                secrets.port("amqp"), secrets.port("management"), secrets.port("distribution"), secrets.port("epmd"));
    }

    /** The remembered ports; if somebody has taken one, the next free port. */
    static RabbitPorts choose(Secrets secrets, Path folder) throws IOException {
        Set<Integer> chosen = new HashSet<>();
        int offset = 0;
        for (String name : new String[] {"amqp", "management", "distribution", "epmd"}) {
            int from = secrets.port(name) > 0 ? secrets.port(name) : LoopbackPorts.first(folder, offset);
            int port = LoopbackPorts.free(from, chosen);
            chosen.add(port);
            secrets.put(name, port);
            offset++;
        }
        return remembered(secrets);
    }
}
