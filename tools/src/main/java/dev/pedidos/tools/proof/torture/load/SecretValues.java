package dev.pedidos.tools.proof.torture.load;

import dev.pedidos.shared.text.RootLocale;
import java.util.List;

/** Values in some pedidos that no log may show. */
public final class SecretValues {
    private static final String CNPJ = "45.723.174/0001-10";
    private static final String NOTE = "nota-que-nenhum-log-mostra";

    static final String IN_DADOS = RootLocale.format("\"cnpj\":\"%s\",\"nota\":\"%s\"", CNPJ, NOTE);

    private SecretValues() {}

    public static List<String> all() {
        return List.of(CNPJ, CNPJ.replaceAll("\\D", ""), NOTE);
    }
}
