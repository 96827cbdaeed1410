package dev.pedidos.shared.runtime;

import java.io.Console;
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

    /** System.console() is not enough: it looks at standard input and output together, and not at standard error. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.isSymbolicLink(link)) {
            return Files.notExists(Path.of("/proc/self")) && isConsole();
        }
        try {
            return Files.readSymbolicLink(link).toString().matches("/dev/(pts/|tty|console).*");
        } catch (IOException e) {
            return false;
        }
    }

    /** From JDK 22 on System.console() also exists without a terminal, and has a method that tells. */
    private static boolean isConsole() {
        var console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJdk22) {
            return true;
        }
    }
}
