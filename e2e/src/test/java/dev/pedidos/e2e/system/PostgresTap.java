package dev.pedidos.e2e.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of one connection to PostgreSQL and finds the statement that is about to be executed. (PostgreSQL
 * manual, "Message Formats".)
 */
final class PostgresTap implements TcpProxy.Tap {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final List<Trap> traps;
    private final Map<Trap, Integer> counts = new HashMap<>();
    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();
    private final Frames requests = new Frames();
    private final Frames answers = new Frames();
    private boolean started;
    private volatile @Nullable Trap awaitingAnswer;
    private volatile String awaited = "";

    PostgresTap(List<Trap> traps) {
        this.traps = traps;
    }

    @Override
    public void towardsServer(byte[] bytes, OutputStream server) throws IOException {
        requests.add(bytes);
        var through = new ByteArrayOutputStream();
        for (var frame = requests.next(started); frame.isPresent(); frame = requests.next(started)) {
            var sql = started ? executed(frame.get()) : "";
            started |= !started && isStartup(frame.get());
            for (var trap : traps) {
                if (!sql.isEmpty() && trap.springsAt(sql, counts)) {
                    spring(trap, sql, through, server);
                }
            }
            through.write(frame.get());
        }
        server.write(through.toByteArray());
    }

    private void spring(Trap trap, String sql, ByteArrayOutputStream before, OutputStream server) throws IOException {
        switch (trap.way()) {
            case CUT_BEFORE, HOLD -> {
                server.write(before.toByteArray());
                server.flush();
                before.reset();
                trap.spring(sql);
                if (trap.way() == Trap.Way.CUT_BEFORE) {
                    throw new IOException("cut before " + sql);
                }
            }
            case CUT_AFTER -> {
                awaited = sql;
                awaitingAnswer = trap;
            }
        }
    }

    /** No answer is on its way when a statement is sent, so reading begins at the start of a message. */
    @Override
    public void towardsClient(byte[] bytes, OutputStream client) throws IOException {
        var trap = awaitingAnswer;
        if (trap == null) {
            client.write(bytes);
            return;
        }
        answers.add(bytes);
        for (var frame = answers.next(true); frame.isPresent(); frame = answers.next(true)) {
            if (frame.get()[0] == 'Z') {
                trap.spring(awaited);
                throw new IOException("cut after " + awaited);
            }
        }
    }

    private static boolean isStartup(byte[] frame) {
        int code = ByteBuffer.wrap(frame).getInt(Integer.BYTES);
        return code != SSL_REQUEST && code != GSS_REQUEST;
    }

    /** The statement that this message executes; empty if none. */
    private String executed(byte[] frame) {
        var body = ByteBuffer.wrap(frame, 1 + Integer.BYTES, frame.length - 1 - Integer.BYTES);
        switch (frame[0]) {
            case 'P' -> statements.put(text(body), text(body));
            case 'B' -> portals.put(text(body), statements.getOrDefault(text(body), ""));
            case 'E' -> {
                return portals.getOrDefault(text(body), "");
            }
            case 'Q' -> {
                return text(body);
            }
            default -> {}
        }
        return "";
    }

    private static String text(ByteBuffer body) {
        int start = body.position();
        int end = start;
        while (body.get(end) != 0) {
            end++;
        }
        body.position(end + 1);
        return new String(body.array(), start, end - start, StandardCharsets.UTF_8);
    }

    /** Cuts a stream of bytes into messages. */
    private static final class Frames {
        private byte[] bytes = new byte[16_384];
        private int from;
        private int to;

        void add(byte[] more) {
            if (to + more.length > bytes.length) {
                int left = to - from;
                // Twice the room, so that a large message is not copied with each piece of it.
                bytes = Arrays.copyOfRange(bytes, from, from + Math.max(bytes.length, 2 * (left + more.length)));
                from = 0;
                to = left;
            }
            System.arraycopy(more, 0, bytes, to, more.length);
            to += more.length;
        }

        /** @param typed true if messages begin with a byte for their type, as all do after the first ones */
        Optional<byte[]> next(boolean typed) {
            int head = typed ? 1 : 0;
            if (to - from < head + Integer.BYTES) {
                return Optional.empty();
            }
            int length = head + ByteBuffer.wrap(bytes).getInt(from + head);
            if (to - from < length) {
                return Optional.empty();
            }
            from += length;
            return Optional.of(Arrays.copyOfRange(bytes, from - length, from));
        }
    }
}
