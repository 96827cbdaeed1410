package dev.pedidos.api.deadletter;

import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import io.javalin.http.Context;
import java.util.List;

/**
 * The operator of a call, for the record: the header {@code Pedidos-Operador}. A gateway that authenticates users sets
 * it.
 */
final class Operador {
    private static final String HEADER = "Pedidos-Operador";
    private static final int LONGEST = 64;
    private static final String NOT_SAID = "api";

    private Operador() {}

    static String of(Context ctx) {
        List<String> given = HttpExchange.headers(ctx, HEADER);
        if (given.isEmpty()) {
            return NOT_SAID;
        }
        String name = given.getFirst();
        boolean valid = given.size() == 1
                && !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!valid) {
            throw new ProblemException(Problem.invalidField(HEADER, "must be 1 to 64 visible ASCII characters"));
        }
        return name;
    }
}
