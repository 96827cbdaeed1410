package dev.pedidos.shared.ledger.turn;

/** What is known of the lines on the server in use. Of another server nothing is known: it may lack the newest commits. */
final class ServerFronts {

    private String server = "";
    private LineFronts fronts = new LineFronts();

    synchronized LineFronts of(String server) {
        if (!server.equals(this.server)) {
            this.server = server;
            fronts = new LineFronts();
        }
        return fronts;
    }
}
