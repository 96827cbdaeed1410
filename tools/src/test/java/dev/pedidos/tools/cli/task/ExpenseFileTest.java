package dev.pedidos.tools.cli.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpenseFileTest {
    private static final String HEADING = "cnpj,valor_centavos,descricao\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1,5,nota          | {"cnpj":"1","valor_centavos":5,"descricao":"nota"}
            1,5               | {"cnpj":"1","valor_centavos":5}
            1,5,              | {"cnpj":"1","valor_centavos":5}
            " 1",5,"a ""b"", c" | {"cnpj":" 1","valor_centavos":5,"descricao":"a \\"b\\", c"}
            1,5.0,x           | {"cnpj":"1","valor_centavos":"5.0","descricao":"x"}
            ,-5               | {"valor_centavos":-5}
            """)
    void aLineOfCsvIsAnItem(String line, String item) throws Exception {
        assertThat(file("e.csv", HEADING + line + "\r\n").itens()).containsExactly(item);
    }

    @Test
    void aCellMayBeLong() throws Exception {
        String cell = "nota \"\"a\"\" ".repeat(10_000);

        assertThat(file("e.csv", HEADING + "1,5,\"" + cell + "\"\n").itens())
                .singleElement()
                .satisfies(item -> assertThat(item).hasSizeGreaterThan(cell.length()));
    }

    @Test
    void aFieldIsNamedByItsLine() throws Exception {
        var file = file("e.csv", "\uFEFF" + HEADING + "\n1,5\n\n2,5\n");

        assertThat(file.named("itens[1].cnpj")).isEqualTo("line 5: cnpj");
        assertThat(file.named("itens")).isEqualTo("itens");
        assertThat(file.batch())
                .isEqualTo("{\"itens\":[{\"cnpj\":\"1\",\"valor_centavos\":5},{\"cnpj\":\"2\",\"valor_centavos\":5}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            e.csv    | cnpj,valor               | line 1 must be cnpj,valor_centavos
            e.csv    | `cnpj,valor_centavos\n1,2,3`   | line 2 has 3 cells
            e.csv    | `cnpj,valor_centavos\n1,2,3\n1,2\n1,"2` | line 2 has 3 cells; line 4 has a quote in the wrong place
            e.csv    | `cnpj,valor_centavos\n1,"2`    | line 2 has a quote in the wrong place
            e.csv    | `cnpj,valor_centavos\n1,"2"3`  | line 2 has a quote in the wrong place
            e.ndjson | {                        | line 1 is no JSON
            """)
    void whatIsNotOfItsFormatIsRefused(String name, String content, String message) {
        assertThatThrownBy(() -> file(name, content))
                .isInstanceOf(FaultyLines.class)
                .hasMessageContaining(message);
    }

    @Test
    void anotherKindOfFileIsRefused() {
        assertThatThrownBy(() -> file("e.txt", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its name must end in");
    }

    private ExpenseFile file(String name, String content) throws IOException, FaultyLines {
        return ExpenseFile.read(Files.writeString(folder.resolve(name), content));
    }
}
