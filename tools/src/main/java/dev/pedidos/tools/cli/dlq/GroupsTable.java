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
        var table = new Table("total", "motivo", "erro_classe", "tipo", "primeira_em", "ultima_em");
        for (JsonNode group : groups) {
            table.add(
                    Figures.grouped(group.path("total").asLong(0)),
                    JsonField.text(group, "motivo"),
                    JsonField.text(group, "erro_classe"),
                    JsonField.text(group, "tipo"),
                    JsonField.text(group, "primeira_em"),
                    JsonField.text(group, "ultima_em"));
        }
        long total = total(groups);
        context.print(total == 0 ? "no dead letters" : table.toString());
        return total;
    }

    static long total(JsonNode groups) {
        long total = 0;
        for (JsonNode group : groups) {
            total += group.path("total").asLong(0);
        }
        return total;
    }
}
