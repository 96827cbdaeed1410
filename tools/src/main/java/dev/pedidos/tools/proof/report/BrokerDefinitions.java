package dev.pedidos.tools.proof.report;

import dev.pedidos.shared.topology.Topology;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a topology as a broker imports it (load_definitions, or POST /api/definitions), one object per line. */
public final class BrokerDefinitions {

    private static final JsonMapper JSON = JsonMapper.shared();

    private BrokerDefinitions() {}

    public static String text(Topology topology, String vhost) {
        return "{\n"
                + list("vhosts", List.of(object().put("name", vhost)))
                + ",\n"
                + list("exchanges", exchanges(topology, vhost))
                + ",\n"
                + list("queues", queues(topology, vhost))
                + ",\n"
                + list("bindings", bindings(topology, vhost))
                + "\n}\n";
    }

    private static List<ObjectNode> exchanges(Topology topology, String vhost) {
        return topology.exchanges().stream()
                .map(exchange -> durable(exchange.name(), vhost)
                        .put("type", exchange.type())
                        .put("internal", false)
                        .set("arguments", object()))
                .map(ObjectNode.class::cast)
                .toList();
    }

    private static List<ObjectNode> queues(Topology topology, String vhost) {
        return topology.queues().stream()
                .map(queue -> durable(queue.name(), vhost)
                        .set("arguments", (JsonNode) JSON.valueToTree(new TreeMap<>(queue.arguments()))))
                .map(ObjectNode.class::cast)
                .toList();
    }

    private static List<ObjectNode> bindings(Topology topology, String vhost) {
        return topology.bindings().stream()
                .map(binding -> object().put("source", binding.exchange())
                        .put("vhost", vhost)
                        .put("destination", binding.queue())
                        .put("destination_type", "queue")
                        .put("routing_key", binding.routingKey())
                        .set("arguments", object()))
                .map(ObjectNode.class::cast)
                .toList();
    }

    private static ObjectNode durable(String name, String vhost) {
        return object().put("name", name)
                .put("vhost", vhost)
                .put("durable", true)
                .put("auto_delete", false);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String list(String name, List<ObjectNode> things) {
        return things.stream()
                .map(thing -> "    " + JSON.writeValueAsString(thing))
                .collect(Collectors.joining(",\n", "  \"" + name + "\": [\n", "\n  ]"));
    }
}
