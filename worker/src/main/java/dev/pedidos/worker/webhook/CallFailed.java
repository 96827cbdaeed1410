package dev.pedidos.worker.webhook;

/** A webhook was not sent, or its answer did not come. */
final class CallFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final CallFault fault;

    CallFailed(CallFault fault) {
        super(fault.name());
        this.fault = fault;
    }

    CallFailed(CallFault fault, Throwable cause) {
        super(fault.name(), cause);
        this.fault = fault;
    }

    CallFault fault() {
        return fault;
    }
}
