package dev.pedidos.api.estoque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.Limits;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstoqueReaderTest {

    @Test
    void theLongestListIsRead() {
        String list = IntStream.range(0, Limits.ESTOQUE_LIST)
                .mapToObj(i -> "{\"sku\":\"s-" + i + "\",\"disponivel\":1}")
                .collect(Collectors.joining(",", "[", "]"));

        assertThat(EstoqueReader.readList(list.getBytes(StandardCharsets.UTF_8)))
                .hasSize(Limits.ESTOQUE_LIST);
    }

    /** Of 4 MB that would be 117 MB as a tree. */
    @Test
    void aListOfAMillionEmptyEntriesIsRefusedBeforeItsTreeIsBuilt() {
        byte[] list = ("[" + "{},".repeat(1_390_000) + "{}]").getBytes(StandardCharsets.UTF_8);

        var refused = catchThrowableOfType(InvalidFields.class, () -> EstoqueReader.readList(list));

        assertThat(refused.errors()).extracting(FieldError::field).containsExactly("$");
    }
}
