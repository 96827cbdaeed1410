package dev.pedidos.worker.provider;

import tools.jackson.databind.JsonNode;

/**
 * brasilapi.com.br/api/cnpj/v1: all members on the top level. Source: pages/docs/doc/cnpj.json of the repository
 * BrasilAPI/BrasilAPI.
 */
final class BrasilApi implements ResponseShape {

    @Override
    public Company company(JsonNode answer, String cnpj) throws BrokenAnswer {
        AnswerMembers.requireCnpj(answer, cnpj);
        return new Company(
                AnswerMembers.text(answer, "razao_social"),
                AnswerMembers.upperCase(answer, "descricao_situacao_cadastral"));
    }

    @Override
    public Header credentials(String token) {
        return new Header("Authorization", "Bearer " + token);
    }
}
