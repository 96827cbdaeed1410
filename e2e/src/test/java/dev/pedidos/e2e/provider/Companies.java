package dev.pedidos.e2e.provider;

import dev.pedidos.shared.text.CheckDigits;
import dev.pedidos.shared.text.RootLocale;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers of companies from 1 on, and batches of their expenses. */
final class Companies {

    private Companies() {}

    static String cnpj(int company) {
        String base = RootLocale.format("%08d0001", company);
        return IntStream.range(0, 100)
                .mapToObj(digits -> base + RootLocale.format("%02d", digits))
                .filter(CheckDigits::fit)
                .findFirst()
                .orElseThrow();
    }

    /** One expense of each company, and a second one of the first ones. */
    static String batch(int companies, int twice) {
        return batch(IntStream.concat(IntStream.rangeClosed(1, companies), IntStream.rangeClosed(1, twice)));
    }

    static String batch(IntStream companies) {
        return companies
                .mapToObj(Companies::cnpj)
                .map(cnpj -> RootLocale.format("{\"cnpj\":\"%s\",\"valor_centavos\":100}", cnpj))
                .collect(Collectors.joining(",", "{\"itens\":[", "]}"));
    }

    static List<String> cnpjs(int companies) {
        return IntStream.rangeClosed(1, companies).mapToObj(Companies::cnpj).toList();
    }
}
