package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerCheckTest {

    @Test
    void allProblemsAreNamedAtOnce() {
        assertThat(ServerCheck.problems(List.of(), "UTF8")).isEmpty();
        assertThat(ServerCheck.problems(List.of("fsync = off", "full_page_writes = off"), "LATIN1"))
                .satisfiesExactly(
                        durability -> assertThat(durability).contains("fsync = off, full_page_writes = off", "202"),
                        encoding -> assertThat(encoding).contains("server_encoding is LATIN1", "-E UTF8"));
    }
}
