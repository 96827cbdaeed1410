package dev.pedidos.worker.despesa;

import dev.pedidos.worker.handler.Answer;
import dev.pedidos.worker.provider.Company;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A provider's answer as it is stored, and as a client sees it. */
final class CompanyAnswer {

    private static final String RAZAO_SOCIAL = "razao_social";
    private static final String SITUACAO = "situacao";
    private static final String ATIVA = "ATIVA";
    private static final String EMPRESA_NAO_ATIVA = "EMPRESA_NAO_ATIVA";

    private CompanyAnswer() {}

    /** @param company empty if the provider knows none */
    static ObjectNode content(Optional<Company> company) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(RAZAO_SOCIAL, company.map(Company::razaoSocial).orElse(null))
                .put(SITUACAO, company.map(Company::situacao).orElse(null));
    }

    static boolean isKnown(Answer answer) {
        return !answer.content().path(SITUACAO).isNull();
    }

    static ObjectNode resultado(Answer answer) {
        JsonNode situacao = answer.content().path(SITUACAO);
        var resultado = JsonNodeFactory.instance.objectNode();
        resultado.set(RAZAO_SOCIAL, answer.content().path(RAZAO_SOCIAL));
        resultado.set(SITUACAO, situacao);
        resultado.put("consultado_em", answer.askedAt().toString());
        if (isKnown(answer) && !situacao.asString("").equals(ATIVA)) {
            resultado.put("alerta", EMPRESA_NAO_ATIVA);
        }
        return resultado;
    }
}
