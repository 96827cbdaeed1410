package dev.pedidos.api.page;

import dev.pedidos.shared.ledger.read.Position;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.text.Digits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Writes and reads the place where the next page of a list begins. Clients see an opaque text, so that its content can change.
 */
public final class Cursor<P> {
    private static final Pattern A_NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final String head;
    private final Function<P, String> write;
    private final Function<String, Optional<P>> read;

    /**
     * @param list its name: a place in another list means nothing here
     * @param read empty, or an {@link IllegalArgumentException}, for a text that {@code write} does not write
     */
    public Cursor(String list, Function<P, String> write, Function<String, Optional<P>> read) {
        this.head = list + " ";
        this.write = write;
        this.read = read;
    }

    /** For a list in the order of a number, such as events. */
    public static Cursor<Long> byNumber(String list) {
        return new Cursor<>(list, number -> Long.toString(number), Cursor::number);
    }

    /** For a list in the order of acceptance. */
    public static Cursor<Position> byPosition(String list) {
        return new Cursor<>(list, position -> position.ordem() + " " + position.id(), Cursor::position);
    }

    public String text(P place) {
        byte[] bytes = (head + write.apply(place)).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty if the text is not a place in this list. */
    public Optional<P> place(String text) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return decoded.startsWith(head) ? read.apply(decoded.substring(head.length())) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String text) {
        return Optional.of(text).filter(A_NUMBER.asMatchPredicate()).map(Digits::toLong);
    }

    private static Optional<Position> position(String text) {
        int space = text.indexOf(' ');
        String id = text.substring(space + 1);
        return space > 0 && Limits.isId(id)
                ? Optional.of(new Position(Digits.toLong(text.substring(0, space)), id))
                : Optional.empty();
    }
}
