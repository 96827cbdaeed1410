package dev.pedidos.e2e.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client that listens to a stream of events and remembers them. */
public final class Listening implements AutoCloseable {

    /**
     * One event.
     *
     * @param at when it came
     */
    public record Event(long id, String type, String data, Instant at) {}

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile int comments;

    private Listening(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.startVirtualThread(this::read);
    }

    /** @param after the header Last-Event-ID; null: without it */
    public static Listening to(TestProgram api, String path, @Nullable Long after) throws Exception {
        var request = HttpRequest.newBuilder(api.url().resolve(path));
        if (after != null) {
            request.header("Last-Event-ID", after.toString());
        }
        return new Listening(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public List<Event> events() {
        return events;
    }

    public List<Long> ids() {
        return events.stream().map(Event::id).toList();
    }

    public List<String> types() {
        return events.stream().map(Event::type).toList();
    }

    public int comments() {
        return comments;
    }

    /** The server has ended it, orderly or not. */
    public boolean isOver() {
        return ended.isDone();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            long id = -1;
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments++;
                } else if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(id, type, line.substring(6), Instant.now()));
                }
            }
        } catch (IOException cut) {
            // The events that came are all that counts.
        } finally {
            ended.complete(null);
        }
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
