package dev.pedidos.api.status;

import dev.pedidos.shared.ledger.PedidoReads.Filter;
import dev.pedidos.shared.ledger.PedidoReads.Position;
import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.message.Faults;
import dev.pedidos.shared.message.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The parameters of {@code GET /pedidos}, checked. */
record ListQuery(Filter filter, Optional<Position> after, int limit) {
    private static final int DEFAULT_LIMIT = 50;
    private static final int LARGEST_LIMIT = 500;
    private static final Set<String> NAMES = Set.of("status", "recebedor_id", "tipo", "limit", "cursor");
    private static final Set<String> STATES =
            Arrays.stream(Status.values()).map(Status::name).collect(Collectors.toUnmodifiableSet());
    private static final String ID = "must be 1 to 64 of A-Z a-z 0-9 . _ : -";

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static ListQuery of(Map<String, List<String>> parameters) {
        Faults faults = new Faults();
        parameters.forEach((name, values) -> {
            if (!NAMES.contains(name)) {
                faults.add(name, "unknown parameter");
            } else if (values.size() > 1) {
                faults.add(name, "must be given once");
            }
        });
        Filter filter = new Filter(
                checked(parameters, "status", STATES::contains, "must be a state", faults),
                checked(parameters, "recebedor_id", Limits::isId, ID, faults),
                checked(parameters, "tipo", Limits::isId, ID, faults));
        Optional<String> limit = checked(
                parameters, "limit", ListQuery::isLimit, "must be an integer from 1 to " + LARGEST_LIMIT, faults);
        Optional<String> cursor = checked(
                parameters,
                "cursor",
                text -> Cursor.parse(text).isPresent(),
                "must be a next_cursor as it was given",
                faults);
        faults.throwIfAny();
        return new ListQuery(
                filter,
                cursor.flatMap(Cursor::parse),
                limit.map(Integer::parseInt).orElse(DEFAULT_LIMIT));
    }

    private static Optional<String> checked(
            Map<String, List<String>> parameters, String name, Predicate<String> valid, String demand, Faults faults) {
        Optional<String> value =
                parameters.getOrDefault(name, List.of()).stream().findFirst();
        if (value.isPresent() && !valid.test(value.get())) {
            faults.add(name, demand);
        }
        return value;
    }

    private static boolean isLimit(String text) {
        return text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= LARGEST_LIMIT;
    }
}
