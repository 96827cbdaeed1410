package dev.pedidos.tools.proof.load;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Sets stock with {@code PUT /estoque}, in lists of the length that the contract allows. */
public final class EstoqueSender {
    private static final int MOST_AT_ONCE = 10_000;

    private EstoqueSender() {}

    /**
     * Returns the number of skus.
     *
     * @param lines each {@code {"sku":"...","disponivel":n}}
     * @throws IOException a list was refused; the lists before it have been set
     */
    public static long send(URI api, Iterator<String> lines) throws IOException, InterruptedException {
        long sent = 0;
        try (var http = HttpClient.newHttpClient()) {
            while (lines.hasNext()) {
                List<String> some = new ArrayList<>();
                while (lines.hasNext() && some.size() < MOST_AT_ONCE) {
                    String line = lines.next();
                    if (!line.isBlank()) {
                        some.add(line);
                    }
                }
                if (!some.isEmpty()) {
                    put(http, api, "[" + String.join(",", some) + "]");
                }
                sent += some.size();
            }
        }
        return sent;
    }

    private static void put(HttpClient http, URI api, String list) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(api.resolve("/estoque"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .PUT(BodyPublishers.ofString(list))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(RootLocale.format(
                    "the stock was refused: PUT /estoque answered %d %s", answer.statusCode(), answer.body()));
        }
    }
}
