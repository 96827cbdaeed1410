package dev.pedidos.shared.broker.message;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Looks through a table of headers as it came, without taking it into memory. */
final class HeaderTable {

    /** With those in tables and lists. One of a few bytes takes some hundred in memory. */
    static final int MOST_VALUES = 1_000;
    /** The largest frame by default. Others than AMQP 0-9-1 clients may send more. */
    static final int MOST_BYTES = 131_072;
    /** The client ends the connection at a deeper one. */
    static final int MOST_LEVELS = 32;

    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final HeaderFault what;

        Fault(HeaderFault what) {
            super(what.name(), null, false, false);
            this.what = what;
        }
    }

    private int values;

    private HeaderTable() {}

    /** Why the table is not read; empty if it is. */
    static Optional<HeaderFault> fault(ByteBuffer entries) {
        if (entries.remaining() > MOST_BYTES) {
            return Optional.of(HeaderFault.TOO_LARGE);
        }
        try {
            new HeaderTable().table(entries, 0);
            return Optional.empty();
        } catch (Fault fault) {
            return Optional.of(fault.what);
        } catch (BufferUnderflowException e) {
            return Optional.of(HeaderFault.MALFORMED);
        }
    }

    private void table(ByteBuffer in, int level) {
        while (in.hasRemaining()) {
            pass(in, in.get() & 0xff);
            value(in, level);
        }
    }

    private void list(ByteBuffer in, int level) {
        while (in.hasRemaining()) {
            value(in, level);
        }
    }

    private void value(ByteBuffer in, int level) {
        values++;
        if (values > MOST_VALUES) {
            throw new Fault(HeaderFault.TOO_MANY);
        }
        switch (in.get()) {
            case 'F' -> table(nested(in, level), level + 1);
            case 'A' -> list(nested(in, level), level + 1);
            case 'S', 'x' -> pass(in, in.getInt());
            case 'T', 'd', 'l' -> pass(in, Long.BYTES);
            case 'D' -> pass(in, 1 + Integer.BYTES);
            case 'I', 'i', 'f' -> pass(in, Integer.BYTES);
            case 's', 'u' -> pass(in, Short.BYTES);
            case 'b', 'B', 't' -> pass(in, 1);
            case 'V' -> {}
            default -> throw new BufferUnderflowException();
        }
    }

    private static ByteBuffer nested(ByteBuffer in, int level) {
        if (level == MOST_LEVELS) {
            throw new Fault(HeaderFault.TOO_DEEP);
        }
        return part(in, in.getInt());
    }

    /** The next bytes, which it passes over. */
    static ByteBuffer part(ByteBuffer in, int bytes) {
        int from = in.position();
        pass(in, bytes);
        return in.slice(from, bytes);
    }

    private static void pass(ByteBuffer in, int bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + bytes);
    }
}
