package dev.pedidos.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.shared.text.RootLocale;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A client that posts events of operations to an API, and waits for what they give. */
final class OperationsClient {
    static final String CREATED = "\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":1000}";
    static final String STARTED = "\"event_type\":\"STARTED\",\"payload\":{}";
    static final String ADJUSTED =
            "\"event_type\":\"ADJUSTED\",\"payload\":{\"delta_centavos\":-250,\"referencia\":\"nota 7\"}";
    static final String COMPLETED = "\"event_type\":\"COMPLETED\",\"payload\":{}";
    static final String REJECTED = "\"event_type\":\"REJECTED\",\"payload\":{\"motivo\":\"sem saldo\"}";

    private final Http http;
    private final Client client;

    OperationsClient(TestProgram api) {
        http = new Http(api);
        client = new Client(api);
    }

    /** @param rest of the event, without the braces */
    HttpResponse<String> post(String externalId, String rest) throws Exception {
        return http.json("POST", "/operations", RootLocale.format("{\"external_id\":\"%s\",%s}", externalId, rest));
    }

    void await(String externalId, String status, long version, long valor) {
        Awaitility.await(externalId).untilAsserted(() -> {
            var operation = client.get("/operations/" + externalId);
            assertThat(operation.text("status")).isEqualTo(status);
            assertThat(operation.number("version")).isEqualTo(version);
            assertThat(operation.number("valor_centavos")).isEqualTo(valor);
        });
    }

    void awaitEstado(String externalId, String type, String estado, String motivo) {
        Awaitility.await(externalId + " " + type)
                .untilAsserted(() -> assertThat(events(externalId))
                        .filteredOn(event -> event.path("event_type").asString().equals(type))
                        .extracting(
                                event -> event.path("estado").asString(),
                                event -> event.path("motivo").asString(""))
                        .containsExactly(tuple(estado, motivo)));
    }

    /** In the order received, as "estado motivo". */
    Stream<String> estados(String externalId) throws Exception {
        return events(externalId).stream()
                .map(event -> event.path("estado").asString() + " "
                        + event.path("motivo").asString(""));
    }

    List<JsonNode> events(String externalId) throws Exception {
        return StreamSupport.stream(
                        client.get("/operations/" + externalId + "/events")
                                .body()
                                .path("events")
                                .spliterator(),
                        false)
                .toList();
    }
}
