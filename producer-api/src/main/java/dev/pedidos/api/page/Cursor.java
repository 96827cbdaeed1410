package dev.pedidos.api.page;

import dev.pedidos.shared.ledger.read.Position;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.text.Digits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Writes and reads the place where the next page begins. Clients see an opaque text, so that its content can change. */
public final class Cursor<P> {
    private static final Pattern A_NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    /** For lists in the order of a number, such as events. */
    public static final Cursor<Long> NUMBER = new Cursor<>(number -> Long.toString(number), Cursor::number);

    /** For lists in the order of acceptance. */
    public static final Cursor<Position> POSITION =
            new Cursor<>(position -> position.ordem() + " " + position.id(), Cursor::position);

    private final Function<P, String> write;
    private final Function<String, Optional<P>> read;

    /** @param read empty, or an {@link IllegalArgumentException}, for a text that {@code write} does not write */
    public Cursor(Function<P, String> write, Function<String, Optional<P>> read) {
        this.write = write;
        this.read = read;
    }

    public String text(P place) {
        byte[] bytes = write.apply(place).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty if this API did not make the text. */
    public Optional<P> place(String text) {
        try {
            return read.apply(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String text) {
        return Optional.of(text).filter(A_NUMBER.asMatchPredicate()).map(Long::valueOf);
    }

    private static Optional<Position> position(String text) {
        int space = text.indexOf(' ');
        String id = text.substring(space + 1);
        return space > 0 && Limits.isId(id)
                ? Optional.of(new Position(Digits.toLong(text.substring(0, space)), id))
                : Optional.empty();
    }
}
