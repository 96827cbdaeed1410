package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * No log shows a password or the content of a pedido. If a process of the broker crashes, the broker logs what that process held,
 * messages included. No program of ours can prevent that: such lines are counted, and only passwords are looked for in them.
 */
public final class LogLaw {

    private static final String BROKERS_LOG = "rabbitmq.log";
    private static final Pattern CRASH = Pattern.compile("(<[0-9.]+>) (\\*\\* Generic server|  crasher:)");
    private static final Pattern PROCESS = Pattern.compile("\\[error\\] (<[0-9.]+>) ");

    private final Path folder;
    private final List<String> passwords;
    private final List<String> contents;
    private final List<String> examples = new ArrayList<>();
    private long lines;
    private long violations;
    private long crashed;

    private LogLaw(Path folder, List<String> passwords, List<String> contents) {
        this.folder = folder;
        this.passwords = passwords;
        this.contents = contents;
    }

    /**
     * The verdict does not print what it found.
     *
     * @param contents parts of pedidos
     */
    public static Verdict check(Path folder, List<String> passwords, List<String> contents) throws IOException {
        return new LogLaw(folder, passwords, contents).check();
    }

    private Verdict check() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            read(file);
        }
        return new Verdict(
                "no-secret-in-a-log",
                RootLocale.format("%d lines of %d logs", lines, files.size())
                        + (crashed == 0
                                ? ""
                                : RootLocale.format("; %d lines of the broker's crash reports hold contents", crashed)),
                violations,
                examples);
    }

    private void read(Path file) throws IOException {
        boolean brokers = file.getFileName().toString().equals(BROKERS_LOG);
        Set<String> crashedProcesses = new HashSet<>();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                var crash = CRASH.matcher(line);
                if (brokers && crash.find()) {
                    crashedProcesses.add(crash.group(1));
                }
                if (passwords.stream().anyMatch(line::contains)) {
                    violated(file, number);
                } else if (contents.stream().anyMatch(line::contains)) {
                    var process = PROCESS.matcher(line);
                    if (process.find() && crashedProcesses.contains(process.group(1))) {
                        crashed++;
                    } else {
                        violated(file, number);
                    }
                }
            }
            lines += number;
        }
    }

    private void violated(Path file, long line) {
        violations++;
        if (examples.size() < Verdict.MOST_EXAMPLES) {
            examples.add(folder.relativize(file) + " line " + line);
        }
    }
}
