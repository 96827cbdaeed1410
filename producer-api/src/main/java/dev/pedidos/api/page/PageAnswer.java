package dev.pedidos.api.page;

import dev.pedidos.api.http.Bulkhead;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.shared.ledger.read.Page;
import dev.pedidos.shared.message.JsonText;
import io.javalin.http.Context;
import java.util.concurrent.Callable;

/** The answer to a request for one page of a list. */
public final class PageAnswer {
    private PageAnswer() {}

    /**
     * Answers when the page has been read. A {@link dev.pedidos.api.http.ProblemException} of the read is the answer.
     *
     * @param name of the member that has the elements
     */
    public static <P> void send(Context ctx, Bulkhead bulkhead, String name, Cursor<P> cursor, Callable<Page<P>> read) {
        bulkhead.answer(ctx, read, page -> HttpExchange.compactJson(ctx, 200, text(name, cursor, page)));
    }

    private static <P> String text(String name, Cursor<P> cursor, Page<P> page) {
        return "{\"" + name + "\":[" + String.join(",", page.answers()) + "],\"next_cursor\":"
                + page.next().map(cursor::text).map(JsonText::quoted).orElse("null") + "}";
    }
}
