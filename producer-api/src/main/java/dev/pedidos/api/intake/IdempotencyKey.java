package dev.pedidos.api.intake;

import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.KeyedId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The header {@code Idempotency-Key}: a string in quotes (draft-ietf-httpapi-idempotency-key-header) or, as most clients send
 * it, without quotes. Both are the same key.
 */
public record IdempotencyKey(String text) {
    public static final String HEADER = "Idempotency-Key";
    private static final FieldError FAULT =
            new FieldError(HEADER, "must be given once: 1 to 255 visible ASCII characters, bare or in quotes");

    private static final int LONGEST = 255;

    /**
     * Empty if none is given, or a faulty one.
     *
     * @param given all values of the header
     */
    public static Optional<IdempotencyKey> of(List<String> given) {
        return given.size() == 1 ? parse(given.getFirst()) : Optional.empty();
    }

    /**
     * Reads the body of a request.
     *
     * @param given all values of the header
     * @throws dev.pedidos.shared.message.InvalidMessage with everything that is wrong, including the header
     */
    public static <T> T withBody(List<String> given, Supplier<T> body) {
        boolean faulty = !given.isEmpty() && of(given).isEmpty();
        if (!faulty) {
            return body.get();
        }
        List<FieldError> errors = new ArrayList<>(List.of(FAULT));
        try {
            var unused = body.get();
        } catch (InvalidFields e) {
            errors.addAll(e.errors());
        }
        throw new InvalidFields(errors);
    }

    /** Empty if it is not a valid key. */
    static Optional<IdempotencyKey> parse(String header) {
        boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
        String text = quoted ? unescaped(header.substring(1, header.length() - 1)) : header;
        boolean valid = !text.isEmpty()
                && text.length() <= LONGEST
                && (quoted || !text.startsWith("\""))
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return valid ? Optional.of(new IdempotencyKey(text)) : Optional.empty();
    }

    /** Of the pedido, or of the task, that is accepted under this key. */
    public String pedidoId() {
        return KeyedId.of(text);
    }

    private static String unescaped(String inner) {
        return inner.replaceAll("\\\\([\"\\\\])", "$1");
    }
}
