package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BoundsTableTest {

    @Test
    void everyBoundIsTheConstantOfTheCode() throws IOException {
        for (var row : Markdown.read("docs/bounds.md").rows()) {
            for (String constant : Markdown.codes(row.get(2))) {
                assertThat(row.get(1).replaceAll("\\D", "")).as(constant).isEqualTo(Long.toString(value(constant)));
            }
        }
    }

    /** The product of the numbers of a constant's declaration: 20_000, Duration.ofSeconds(5), 256 * 1024. */
    private static long value(String constant) throws IOException {
        var parts = constant.split("\\.", 2);
        var declaration =
                Pattern.compile("\\b" + parts[1] + " = ([^;]+);").matcher(Files.readString(Sources.named(parts[0])));
        assertThat(declaration.find()).as(constant).isTrue();
        return Arrays.stream(declaration.group(1).replaceAll("[^\\d*]", "").split("\\*"))
                .mapToLong(Long::parseLong)
                .reduce(1, Math::multiplyExact);
    }
}
