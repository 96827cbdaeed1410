package dev.pedidos.tools.proof.sample;

import dev.pedidos.shared.text.RootLocale;

record SampleItem(String sku, int quantidade, int precoCentavos) {
    String json() {
        return RootLocale.format(
                "{\"sku\":\"%s\",\"quantidade\":%d,\"preco_centavos\":%d}", sku, quantidade, precoCentavos);
    }
}
