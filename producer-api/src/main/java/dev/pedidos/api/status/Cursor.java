package dev.pedidos.api.status;

import dev.pedidos.shared.ledger.read.Position;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.text.Digits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A place in a list, as clients see it. It is opaque, so that its content can change. */
public final class Cursor {
    private Cursor() {}

    public static String of(Position position) {
        byte[] text = (position.ordem() + " " + position.id()).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** Empty if this API did not make it. */
    public static Optional<Position> parse(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            String id = text.substring(space + 1);
            return space > 0 && Limits.isId(id)
                    ? Optional.of(new Position(Digits.toLong(text.substring(0, space)), id))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
