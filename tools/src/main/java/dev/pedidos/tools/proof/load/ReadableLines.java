package dev.pedidos.tools.proof.load;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Leaves out the lines that are too long, and counts them. */
public final class ReadableLines implements Source {
    private final NdjsonSource lines;
    private final Consumer<String> say;
    private volatile long leftOut;

    /** @param say is told of each line that is left out */
    public ReadableLines(NdjsonSource lines, Consumer<String> say) {
        this.lines = lines;
        this.say = say;
    }

    @Override
    public @Nullable Outgoing next() throws IOException {
        while (true) {
            try {
                return lines.next();
            } catch (LineTooLong e) {
                leftOut(e);
            }
        }
    }

    private synchronized void leftOut(LineTooLong e) {
        leftOut++;
        say.accept(e.getMessage() + ". It is neither sent nor kept");
    }

    public long leftOut() {
        return leftOut;
    }
}
