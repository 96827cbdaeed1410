package dev.pedidos.local.sample;

record SampleItem(String sku, int quantidade, int precoCentavos) {
    String json() {
        return "{\"sku\":\"%s\",\"quantidade\":%d,\"preco_centavos\":%d}".formatted(sku, quantidade, precoCentavos);
    }
}
