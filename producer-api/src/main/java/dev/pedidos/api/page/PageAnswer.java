package dev.pedidos.api.page;

import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.shared.message.JsonText;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** The answer to a request for one page of a list. */
public final class PageAnswer {
    private PageAnswer() {}

    /**
     * @param name of the member that has the elements
     * @param elements as PostgreSQL writes them
     * @param next the text of the cursor; empty on the last page
     */
    public static void send(Context ctx, String name, List<String> elements, Optional<String> next) {
        HttpExchange.compactJson(
                ctx,
                200,
                "{\"" + name + "\":[" + String.join(",", elements) + "],\"next_cursor\":"
                        + next.map(JsonText::quoted).orElse("null") + "}");
    }
}
