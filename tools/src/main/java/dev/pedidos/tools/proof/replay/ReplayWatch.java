package dev.pedidos.tools.proof.replay;

/** Is told how far a replay is. */
public interface ReplayWatch {
    ReplayWatch NONE = new ReplayWatch() {
        @Override
        public void begins(long ids) {
            // Nobody watches.
        }

        @Override
        public void at(long id) {
            // Nobody watches.
        }
    };

    /** @param ids that are to be gone through, about as many as events */
    void begins(long ids);

    void at(long id);
}
