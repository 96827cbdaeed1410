package dev.pedidos.tools.proof.bench;

/** The parts of the system that share the processors. */
enum Part {
    CLIENT("client"),
    API("api"),
    WORKER("worker"),
    BROKER("broker"),
    DATABASE("database");

    private final String word;

    Part(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
