package dev.pedidos.tools.proof.load;

/**
 * A body to be posted.
 *
 * @param line its number in its file, from 1
 * @param address to which it is posted
 */
public record Outgoing(long line, Address address, byte[] body) {
    /** The kinds of bodies, by their address. */
    public enum Address {
        PEDIDOS("/pedidos"),
        OPERATIONS("/operations");

        private final String path;

        Address(String path) {
            this.path = path;
        }

        public String path() {
            return path;
        }
    }

    /** A pedido. */
    public Outgoing(long line, byte[] body) {
        this(line, Address.PEDIDOS, body);
    }
}
