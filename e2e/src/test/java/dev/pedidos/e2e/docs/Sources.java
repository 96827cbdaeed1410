package dev.pedidos.e2e.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of this repository that are written by hand, without target folders: servers of this run write there. */
final class Sources {

    private static final List<String> FOLDERS =
            List.of("shared/src", "producer-api/src", "worker/src", "tools/src", "e2e/src", "docs");

    private static final List<String> PROGRAMS =
            List.of("shared/src/main", "producer-api/src/main", "worker/src/main", "tools/src/main");

    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");

    private static final Pattern CONSTANT = Pattern.compile("(?m)^    ([A-Z_]+)[,;]?$");

    private Sources() {}

    /** The file of a class of the programs. */
    static Path named(String className) throws IOException {
        return all().stream()
                .filter(file -> file.endsWith(className + ".java"))
                .filter(file ->
                        PROGRAMS.stream().anyMatch(folder -> file.startsWith(Markdown.REPOSITORY.resolve(folder))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no class " + className));
    }

    /** The constants of an enum of the programs. */
    static Set<String> constants(String enumName) throws IOException {
        var names = new TreeSet<String>();
        CONSTANT.matcher(Files.readString(named(enumName))).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** The names of all types, nested ones too. */
    static Set<String> classes() throws IOException {
        var names = new TreeSet<String>();
        for (Path file : all()) {
            if (file.toString().endsWith(".java")) {
                TYPE.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }

    static List<Path> documents() throws IOException {
        return all().stream().filter(file -> file.toString().endsWith(".md")).toList();
    }

    /** The code and the SQL of the programs; migrations cannot be changed any more. */
    static List<Path> ofPrograms() throws IOException {
        return all().stream()
                .filter(file ->
                        PROGRAMS.stream().anyMatch(folder -> file.startsWith(Markdown.REPOSITORY.resolve(folder))))
                .filter(file -> file.toString().matches(".*\\.(java|sql)")
                        && !file.toString().contains("/migration/"))
                .toList();
    }

    /** Every file, by its absolute path. */
    static Set<Path> all() throws IOException {
        var all = new TreeSet<Path>();
        try (Stream<Path> top = Files.list(Markdown.REPOSITORY)) {
            top.filter(Files::isRegularFile).forEach(all::add);
        }
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(Markdown.REPOSITORY.resolve(folder))) {
                files.filter(Files::isRegularFile).forEach(all::add);
            }
        }
        return all;
    }
}
