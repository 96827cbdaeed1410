package dev.pedidos.tools.stack.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Tells a process from a later one with the same pid. The JDK counts the start of a process back from the clock of the machine, and
 * that clock may be set while the process lives. Linux also tells the clock ticks from the boot to the start, and names each boot.
 */
public final class Birth {
    private static final Path PROC = Path.of("/proc");

    /** Counted from the field after the name of the program. */
    private static final int START = 19;

    private Birth() {}

    /** One word of letters, digits and dots; empty if the process is gone. */
    public static String of(ProcessHandle process) {
        return of(process, PROC);
    }

    static String of(ProcessHandle process, Path proc) {
        Path boot = proc.resolve("sys/kernel/random/boot_id");
        if (!Files.exists(boot)) {
            // Elsewhere the system keeps the time of the start, and a clock that is set does not move it.
            return process.info()
                    .startInstant()
                    .map(Instant::toEpochMilli)
                    .map(String::valueOf)
                    .orElse("");
        }
        try {
            String stat = Files.readString(proc.resolve(process.pid() + "/stat"));
            return startIn(stat) + "." + Files.readString(boot).strip().replace("-", "");
        } catch (IOException gone) {
            return "";
        }
    }

    /** The name of a program may hold spaces and parentheses. */
    private static String startIn(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1)[START];
    }
}
