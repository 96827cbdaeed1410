package dev.pedidos.tools.proof.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether the standard streams are terminals. */
public final class Terminal {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private Terminal() {}

    /** True if a user can answer. */
    public static boolean onStdin() {
        return isTerminal(STDIN);
    }

    public static boolean onStdout() {
        return isTerminal(STDOUT);
    }

    public static boolean onStderr() {
        return isTerminal(STDERR);
    }

    /**
     * System.console() is not enough: some JDKs have one for a pipe, and it does not distinguish stdout from stderr.
     */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.isSymbolicLink(link)) {
            return Files.notExists(Path.of("/proc/self")) && System.console() != null;
        }
        try {
            return Files.readSymbolicLink(link).toString().matches("/dev/(pts/|tty|console).*");
        } catch (IOException e) {
            return false;
        }
    }

    static String good(String text) {
        return coloured("32", text);
    }

    static String bad(String text) {
        return coloured("31;1", text);
    }

    private static String coloured(String colour, String text) {
        return onStdout() && System.getenv("NO_COLOR") == null ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
