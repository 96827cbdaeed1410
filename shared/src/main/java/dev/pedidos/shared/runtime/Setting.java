package dev.pedidos.shared.runtime;

/**
 * One environment variable that the programs understand.
 *
 * @param name the variable
 * @param defaultText what counts where it is not set, as a person would write it; empty: no default
 * @param meaning one line for the README
 */
public record Setting(String name, String defaultText, String meaning) {}
