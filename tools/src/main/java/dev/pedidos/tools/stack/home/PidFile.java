package dev.pedidos.tools.stack.home;

import dev.pedidos.shared.text.Digits;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code run/<name>.pid}: only the number, for scripts. A server's own pid file has it in its first line. Systems reuse a pid after its
 * process has ended, so it counts only for a process whose command line is right, and whose {@link Birth} is in
 * {@code run/<name>.birth} if there is this file.
 */
public record PidFile(Path path) {
    private static final String SUFFIX = ".pid";
    private static final String BIRTH_SUFFIX = ".birth";

    /** In which the JVM passes paths to other programs: that of its locale. */
    private static final Charset OF_PATHS = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    public static PidFile of(Home home, String name) throws IOException {
        return new PidFile(Files.createDirectories(home.runFolder()).resolve(name + SUFFIX));
    }

    /** Every pid file of this home, sorted by name. */
    public static List<PidFile> all(Home home) throws IOException {
        return all(home.runFolder());
    }

    static List<PidFile> all(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(PidFile::new)
                    .toList();
        }
    }

    public String name() {
        String file = path.getFileName().toString();
        return file.substring(0, file.length() - SUFFIX.length());
    }

    public void write(long pid) throws IOException {
        Files.writeString(birth(), ProcessHandle.of(pid).map(Birth::of).orElse("") + "\n");
        Files.writeString(path, pid + "\n");
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(birth());
        } catch (IOException itStays) {
            // It does no harm: its process has ended.
        }
    }

    /**
     * The living process that this file names.
     *
     * @param mark must be in its command line: our jar, or the folder of a server's data
     */
    public Optional<ProcessHandle> process(String mark) throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        Optional<String> birth = wasBorn();
        return number().flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> commandLine(process).contains(mark))
                .filter(process -> birth.isEmpty() || birth.get().equals(Birth.of(process)));
    }

    private Optional<Long> number() throws IOException {
        String text = Files.readString(path).strip().lines().findFirst().orElse("");
        return text.matches("\\d{1,18}") ? Optional.of(Digits.toLong(text)) : Optional.empty();
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

    /** Empty for a process that a version before has started. */
    private Optional<String> wasBorn() throws IOException {
        return Files.exists(birth()) ? Optional.of(Files.readString(birth()).strip()) : Optional.empty();
    }

    private Path birth() {
        return path.resolveSibling(name() + BIRTH_SUFFIX);
    }
}
