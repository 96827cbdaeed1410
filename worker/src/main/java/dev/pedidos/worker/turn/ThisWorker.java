package dev.pedidos.worker.turn;

import java.util.function.BooleanSupplier;

/**
 * This process as one worker of the fleet.
 *
 * @param name it holds the lock of this name while it lives
 * @param canTellDeaths whether now a worker whose lock is free has ended
 */
public record ThisWorker(String name, BooleanSupplier canTellDeaths) {}
