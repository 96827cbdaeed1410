package dev.pedidos.api.operations;

/** The addresses of an operation. */
final class Links {
    private Links() {}

    static String self(String externalId) {
        return "/operations/" + externalId;
    }

    /** As JSON. */
    static String of(String externalId) {
        String self = self(externalId);
        return "{\"self\":\"" + self + "\",\"events\":\"" + self + "/events\"}";
    }
}
