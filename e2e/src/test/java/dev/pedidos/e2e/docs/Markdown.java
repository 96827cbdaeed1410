package dev.pedidos.e2e.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A document of this repository, or a section of one. */
record Markdown(String text) {

    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    /** A fenced block: its language and its lines. */
    record Block(String language, String text) {
        private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

        private static Block of(MatchResult found) {
            return new Block(found.group(1), found.group(2));
        }
    }

    static Markdown read(String file) {
        try {
            return new Markdown(Files.readString(REPOSITORY.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From a heading to the next one of any level. */
    Markdown section(String heading) {
        var found = Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "\\n(.*?)(?=^#+ |\\z)")
                .matcher(text);
        if (!found.find()) {
            throw new AssertionError("no section '" + heading + "'");
        }
        return new Markdown(found.group(1));
    }

    /** The lines of the headings, with their signs, outside of blocks. */
    List<String> headings() {
        return Block.FENCED
                .matcher(text)
                .replaceAll("")
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .toList();
    }

    List<Block> blocks() {
        return Block.FENCED.matcher(text).results().map(Block::of).toList();
    }

    List<String> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    /** The only block in this language. */
    String block(String language) {
        var found = blocks(language);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " blocks of " + language);
        }
        return found.getFirst();
    }

    /** The cells of all table rows, without headings and rulers. */
    List<List<String>> rows() {
        var lines = text.lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("|--"))
                .filter(line -> !followedByRuler(lines, line))
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** The first text in backticks of each row of the tables. */
    Set<String> firstCodes() {
        return rows().stream()
                .map(row -> codes(row.getFirst()).getFirst())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The texts in backticks. */
    static List<String> codes(String text) {
        return Pattern.compile("`([^`]+)`")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static boolean followedByRuler(List<String> lines, String line) {
        int next = lines.indexOf(line) + 1;
        return next < lines.size() && lines.get(next).startsWith("|--");
    }
}
