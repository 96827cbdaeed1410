package dev.pedidos.tools.stack.home;

import dev.pedidos.shared.text.Digits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code run/<name>.pid}: the number first, for scripts, then the {@link Birth}. Systems reuse a pid after its process has
 * ended, so it counts only for a process that was born then and whose command line names our jar.
 */
public record PidFile(Path path) {
    private static final String SUFFIX = ".pid";
    private static final Pattern CONTENT = Pattern.compile("(?<pid>\\d{1,18}) (?<birth>\\S+)");

    public static PidFile of(Home home, String name) throws IOException {
        return new PidFile(home.run().resolve(name + SUFFIX));
    }

    /** Every pid file of this home, sorted by name. */
    public static List<PidFile> all(Home home) throws IOException {
        if (!Files.isDirectory(home.runIfAny())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.runIfAny())) {
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
        String birth = ProcessHandle.of(pid).map(Birth::of).orElse("");
        Files.writeString(path, (pid + " " + birth).strip() + "\n");
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The living process that this file names.
     *
     * @param jar must be in its command line, for example {@code worker.jar}
     */
    public Optional<ProcessHandle> process(String jar) throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        Matcher content = CONTENT.matcher(Files.readString(path).strip());
        if (!content.matches()) {
            return Optional.empty();
        }
        return ProcessHandle.of(Digits.toLong(content.group("pid")))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().commandLine().orElse("").contains(jar))
                .filter(process -> Birth.of(process).equals(content.group("birth")));
    }
}
