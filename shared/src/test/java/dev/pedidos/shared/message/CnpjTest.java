package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CnpjTest {
    private static final String VECTORS = "shared/data/cnpj-vectors.json";

    @ParameterizedTest
    @CsvSource({
        "12.ABC.345/01DE-35, 12ABC34501DE35",
        "12ABC34501DE35, 12ABC34501DE35",
        "ABCDEFGHIJKL80, ABCDEFGHIJKL80",
        "90.021.382/0001-22, 90021382000122",
        "00000000000191, 00000000000191",
        "11.111.111/1111-80, 11111111111180",
        "12345678000A08, 12345678000A08",
    })
    void theMarksAreTakenOff(String given, String number) {
        assertThat(Cnpj.parse(given)).contains(new Cnpj(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000000000000",
                "00.000.000/0000-00",
                "11.111.111/1111-11",
                "00000000000192",
                "26.637.142/0001-85",
                "0000000000019",
                "000000000001911",
                "0000000000019L",
                "AAAAAAAAAAAAAA",
                "12.ABC.345/01DE-36",
                "12.ABc.345/01DE-35",
                "12.ABC.345/01DE35",
                "12ABC34501DE-35",
                "12ABC34501DE35\n",
                " 12ABC34501DE35",
                "1２ABC34501DE35",
                "12ABC34501DE3٥",
                "12ÁBC34501DE35",
                "'!@#$%&*-_=+^~",
            })
    void whatIsNoCnpjIsRefused(String given) {
        assertThat(Cnpj.parse(given)).isEmpty();
    }

    @Test
    void theHandedOverVectorsPass() throws IOException {
        Path file = vectors();
        assumeThat(file).as("the vectors are handed over beside the project").isRegularFile();

        List<String> wrong = new ArrayList<>();
        JsonNode vectors = StrictJson.read(Files.readAllBytes(file)).path("vectors");
        for (JsonNode vector : vectors) {
            String input = vector.path("input").stringValue();
            if (Cnpj.parse(input).isPresent() != vector.path("valid").booleanValue()) {
                wrong.add(input);
            }
        }
        assertThat(vectors.size()).isPositive();
        assertThat(wrong).isEmpty();
    }

    private static Path vectors() {
        Path above = Path.of("").toAbsolutePath();
        for (Path folder = above; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(VECTORS))) {
                return folder.resolve(VECTORS);
            }
        }
        return above.resolve(VECTORS);
    }
}
