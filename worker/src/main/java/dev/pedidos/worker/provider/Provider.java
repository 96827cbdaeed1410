package dev.pedidos.worker.provider;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import dev.pedidos.worker.http.AnswerHead;
import dev.pedidos.worker.http.RetryAfter;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A provider of company data: one GET for each question. Its failures name neither the CNPJ nor the token. */
public final class Provider {

    /** The name of this dependency, for limits, breakers and audit. */
    public static final String NAME = "cnpj";

    /** After an answer that asks for a pause and names no time, or none that can be read. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** The only coding that is understood. A server that is not told may compress. */
    private static final String PLAIN = "identity";

    private static final JsonMapper JSON = new JsonMapper();

    private final ProviderConfig config;
    private final BoundedHttpClient client;

    public Provider(ProviderConfig config) {
        this.config = config;
        this.client = new BoundedHttpClient(NAME, config.timeout());
    }

    /** Empty if the provider knows no company with this CNPJ. */
    public Optional<Company> ask(String cnpj)
            throws DependencyUnavailable, DependencyBusy, TransientFailure, PermanentFailure, InterruptedException {
        var answer = client.get(URI.create(config.url() + "/" + cnpj), headers());
        int status = answer.head().status();
        if (asksForPause(answer.head())) {
            var pause = RetryAfter.of(answer.head().headers()).orElse(PAUSE);
            throw new DependencyBusy(NAME, pause, NAME + ": it answered " + status);
        }
        try {
            return switch (status) {
                case 200 -> Optional.of(company(answer, cnpj));
                case 404 -> unknown(answer);
                case 401, 403 ->
                    throw new DependencyUnavailable(NAME, NAME + ": it refuses the token, it answered " + status);
                default -> throw failure(status);
            };
        } catch (BrokenAnswer e) {
            throw new TransientFailure(
                    RootLocale.format("%s: its answer (%d) cannot be used: %s", NAME, status, e.getMessage()));
        }
    }

    private static boolean asksForPause(AnswerHead head) {
        return head.status() == 429
                || (head.status() == 503
                        && head.headers().firstValue(RetryAfter.HEADER).isPresent());
    }

    /** A wrong address is answered 404 as well, but not in JSON: that must not reject every expense. */
    private synchronized Optional<Company> unknown(BoundedHttpClient.Answered answer) throws BrokenAnswer {
        var unused = tree(answer);
        return Optional.empty();
    }

    private static TransientFailure failure(int status) throws PermanentFailure {
        if (status >= 400 && status < 500 && status != 408) {
            throw new PermanentFailure(NAME + ": it refuses the question, it answered " + status);
        }
        return new TransientFailure(NAME + ": it answered " + status);
    }

    private Map<String, String> headers() throws DependencyUnavailable {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Accept-Encoding", PLAIN);
        headers.put("User-Agent", "pedidos");
        if (config.token().isPresent()) {
            var header = config.shape().credentials(token(config.token().get()));
            headers.put(header.name(), header.value());
        }
        return headers;
    }

    private static String token(TokenFile file) throws DependencyUnavailable {
        return file.token()
                .orElseThrow(() -> new DependencyUnavailable(NAME, NAME + ": the file of its token holds no token"));
    }

    /** One at a time: as a tree, small values take thirty times their text. */
    private synchronized Company company(BoundedHttpClient.Answered answer, String cnpj) throws BrokenAnswer {
        return config.shape().company(tree(answer), cnpj);
    }

    private static JsonNode tree(BoundedHttpClient.Answered answer) throws BrokenAnswer {
        if (!answer.head().headers().allValues("Content-Encoding").stream().allMatch(PLAIN::equalsIgnoreCase)) {
            throw new BrokenAnswer("it has a Content-Encoding, and none was asked for");
        }
        try {
            var tree = JSON.readTree(answer.body());
            if (tree.isObject()) {
                return tree;
            }
            throw new BrokenAnswer("it is no JSON object");
        } catch (JacksonException e) {
            // The library's message quotes the answer.
            throw new BrokenAnswer("it is no JSON");
        }
    }
}
