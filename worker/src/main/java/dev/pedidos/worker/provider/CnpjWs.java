package dev.pedidos.worker.provider;

import tools.jackson.databind.JsonNode;

/**
 * publica.cnpj.ws/cnpj, and comercial.cnpj.ws/cnpj with a token: the company, and in it the establishment that was asked for.
 * Source: docs.cnpj.ws/referencia-de-api/api-publica/consultando-cnpj.
 */
final class CnpjWs implements ResponseShape {

    @Override
    public Company company(JsonNode answer, String cnpj) throws BrokenAnswer {
        JsonNode establishment = answer.path("estabelecimento");
        AnswerMembers.requireCnpj(establishment, cnpj);
        return new Company(
                AnswerMembers.text(answer, "razao_social"),
                AnswerMembers.upperCase(establishment, "situacao_cadastral"));
    }

    @Override
    public Header credentials(String token) {
        return new Header("x_api_token", token);
    }
}
