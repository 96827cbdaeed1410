package dev.pedidos.api.operate;

import dev.pedidos.shared.ledger.deadletter.DeadLetterReads.Position;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.message.Moments;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A place in the list of dead letters, as an opaque text for clients, so that its content can change. */
record LetterCursor(Position position) {

    String text() {
        byte[] bytes = (position.ultimaFalhaEm() + " " + position.pedidoId()).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty if the text is not one of ours. */
    static Optional<LetterCursor> parse(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", -1);
            return parts.length == 2 && Limits.isId(parts[1])
                    ? Moments.parse(parts[0]).map(moment -> new LetterCursor(new Position(moment, parts[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
