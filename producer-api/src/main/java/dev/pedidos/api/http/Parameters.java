package dev.pedidos.api.http;

import dev.pedidos.shared.message.FieldErrors;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.text.Digits;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Query parameters. Each is checked when it is read, and all faults are reported together. One that nobody reads is unknown, and a
 * fault.
 */
public final class Parameters {
    public static final String ID = Limits.ID;
    public static final String CURSOR = "must be an unchanged next_cursor";
    private static final int DEFAULT_LIMIT = 50;
    private static final int LARGEST_LIMIT = 500;

    private final Map<String, List<String>> given;
    private final Set<String> known = new HashSet<>();
    private final FieldErrors faults = new FieldErrors();

    public Parameters(Map<String, List<String>> given) {
        this.given = given;
    }

    public Optional<String> checked(String name, Predicate<String> valid, String demand) {
        known.add(name);
        List<String> values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            faults.add(name, "must be given once");
        }
        Optional<String> value = values.stream().findFirst();
        if (value.isPresent() && !valid.test(value.get())) {
            faults.add(name, demand);
        }
        return value;
    }

    /** The value as {@code read} reads it, which leaves a faulty one empty. */
    public <T> Optional<T> read(String name, Function<String, Optional<T>> read, String demand) {
        return checked(name, text -> read.apply(text).isPresent(), demand).flatMap(read);
    }

    /** One of the names of these. */
    public <E extends Enum<E>> Optional<E> oneOf(String name, Set<E> values, String demand) {
        return read(
                name,
                text -> values.stream().filter(one -> one.name().equals(text)).findFirst(),
                demand);
    }

    public int limit() {
        return limit(DEFAULT_LIMIT);
    }

    public int limit(int byDefault) {
        Optional<String> limit = checked("limit", Parameters::isLimit, "must be an integer from 1 to " + LARGEST_LIMIT);
        return limit.filter(Parameters::isLimit).map(Digits::toInt).orElse(byDefault);
    }

    /** For a fault of several parameters together, or of one together with the body. */
    public void fault(String name, String message) {
        faults.add(name, message);
    }

    /**
     * To be called when all have been read.
     *
     * @throws dev.pedidos.shared.message.InvalidFields lists every faulty parameter
     */
    public void throwIfFaulty() {
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add(name, "unknown parameter"));
        faults.throwIfAny();
    }

    private static boolean isLimit(String text) {
        return text.matches("[1-9][0-9]{0,2}") && Digits.toInt(text) <= LARGEST_LIMIT;
    }
}
