package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void isWrittenAsTheContractHasIt() {
        assertThat(Problem.notFound("No pedido has this id.").json())
                .isEqualTo("{\"type\":\"/problems/not-found\",\"title\":\"Not found\",\"status\":404,"
                        + "\"detail\":\"No pedido has this id.\"}");
        assertThat(Problem.invalidFields(List.of(new FieldError("itens[0].sku", "must be a string")))
                        .json())
                .endsWith(",\"errors\":[{\"field\":\"itens[0].sku\",\"message\":\"must be a string\"}]}");
    }

    @Test
    void whatAClientPutIntoAFieldNameStaysInsideItsString() {
        assertThat(Problem.invalidField("a\"b\\c\n", "unknown field").json())
                .contains("{\"field\":\"a\\\"b\\\\c\\n\",");
    }

    @Test
    void every503SaysWhenToTryAgain() {
        assertThat(Problem.overloaded().retryAfterSeconds()).isEqualTo(1);
        assertThat(Problem.unavailable("").retryAfterSeconds()).isPositive();
    }
}
