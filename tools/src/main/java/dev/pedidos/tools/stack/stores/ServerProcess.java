package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.Digits;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The process of a pid file, if it still is the server that wrote it and not another process with the same pid. */
final class ServerProcess {
    /** In which the JVM passes paths to other programs: that of its locale. */
    private static final Charset OF_PATHS = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private ServerProcess() {}

    /** @param mark a part of the command line that no other program has: the folder of its data */
    static Optional<ProcessHandle> find(Path pidFile, String mark) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String first = Files.readString(pidFile).strip().lines().findFirst().orElse("");
        return first.chars().allMatch(Character::isDigit) && !first.isEmpty()
                ? ProcessHandle.of(Digits.toLong(first))
                        .filter(process -> commandLine(process).contains(mark))
                : Optional.empty();
    }

    /** Its pid file must stay: a second server on the same data would destroy it. */
    static IOException cannotBeStopped(String server, ProcessHandle process) {
        return new IOException(RootLocale.format(
                "The private %s (pid %d) has been killed and still has not ended: it belongs to another user, or the system holds it",
                server, process.pid()));
    }

    private static String commandLine(ProcessHandle process) {
        // Linux cuts the command line of ProcessHandle at 4096 bytes, and gives none for zombies; /proc has all of it.
        Path proc = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return Files.exists(proc)
                    ? new String(Files.readAllBytes(proc), OF_PATHS).replace('\0', ' ')
                    : process.info().commandLine().orElse("");
        } catch (IOException gone) {
            return "";
        }
    }
}
