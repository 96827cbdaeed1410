package dev.pedidos.tools.cli.dlq;

import dev.pedidos.tools.api.JsonField;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.proof.report.Figures;
import dev.pedidos.tools.proof.report.Table;
import tools.jackson.databind.JsonNode;

/** The table of dead letters by cause. */
final class GroupsTable {

    private GroupsTable() {}

    /** Prints the groups by cause; returns the total number of letters. */
    static long print(CommandContext context, JsonNode groups) {
        var table = Table.of(
                groups, GroupsTable::cell, "total", "motivo", "erro_classe", "tipo", "primeira_em", "ultima_em");
        long total = total(groups);
        context.print(total == 0 ? "no dead letters" : table.toString());
        return total;
    }

    private static String cell(JsonNode group, String field) {
        JsonNode value = group.path(field);
        return value.isNumber() ? Figures.grouped(value.asLong(0)) : JsonField.text(group, field);
    }

    static long total(JsonNode groups) {
        long total = 0;
        for (JsonNode group : groups) {
            total += group.path("total").asLong(0);
        }
        return total;
    }
}
