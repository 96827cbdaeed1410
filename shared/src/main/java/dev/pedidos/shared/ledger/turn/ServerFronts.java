package dev.pedidos.shared.ledger.turn;

/** The fronts of the lines on the server in use. Those of another server are unknown: it may lack the newest commits. */
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
