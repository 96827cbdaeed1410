package dev.pedidos.e2e.provider;

/**
 * A question that the provider has taken.
 *
 * @param begun milliseconds since 1970
 */
record ProviderCall(String cnpj, long begun, int status) {

    /** Its connection was cut before, or it is not answered yet. */
    static final int NOT_ANSWERED = 0;

    ProviderCall answered(int with) {
        return new ProviderCall(cnpj, begun, with);
    }

    /** Answered with what the provider knows of the company. */
    boolean isKnown() {
        return status == 200 || status == 404;
    }

    String line() {
        return cnpj + " " + begun + " " + status;
    }

    static ProviderCall of(String line) {
        String[] parts = line.split(" ", -1);
        return new ProviderCall(parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
    }
}
