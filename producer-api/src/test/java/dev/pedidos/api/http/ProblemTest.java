package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void is_written_as_the_contract_has_it() {
        assertThat(Problem.notFound("No pedido has this id.").json())
                .isEqualTo("{\"type\":\"/problems/not-found\",\"title\":\"Not found\",\"status\":404,"
                        + "\"detail\":\"No pedido has this id.\"}");
        assertThat(Problem.invalidFields(List.of(new FieldError("itens[0].sku", "must be a string")))
                        .json())
                .endsWith(",\"errors\":[{\"field\":\"itens[0].sku\",\"message\":\"must be a string\"}]}");
    }

    @Test
    void what_a_client_put_into_a_field_name_stays_inside_its_string() {
        assertThat(Problem.invalidField("a\"b\\c\n", "unknown field").json())
                .contains("{\"field\":\"a\\\"b\\\\c\\n\",");
    }

    @Test
    void every_503_says_when_to_try_again() {
        assertThat(Problem.overloaded().retryAfterSeconds()).isEqualTo(1);
        assertThat(Problem.unavailable("").retryAfterSeconds()).isPositive();
    }
}
