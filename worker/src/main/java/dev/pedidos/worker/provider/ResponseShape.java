package dev.pedidos.worker.provider;

import tools.jackson.databind.JsonNode;

/** The form in which a provider answers, and takes its token. */
public interface ResponseShape {

    /** A header of a request. */
    record Header(String name, String value) {}

    /**
     * @param answer the body of a 200
     * @throws BrokenAnswer it is not an answer about this CNPJ
     */
    Company company(JsonNode answer, String cnpj) throws BrokenAnswer;

    Header credentials(String token);

    /** @param formato a value of {@code PEDIDOS_CNPJ_FORMATO} */
    static ResponseShape of(String formato) {
        return formato.equals("cnpjws") ? new CnpjWs() : new BrasilApi();
    }
}
