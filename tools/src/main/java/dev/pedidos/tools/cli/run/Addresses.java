package dev.pedidos.tools.cli.run;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.report.Shell;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.processes.LocalFleet;
import dev.pedidos.tools.stack.processes.RunningProgram;
import dev.pedidos.tools.stack.stores.Stores;
import java.nio.file.Path;
import java.util.Optional;

/** Prints the addresses of a started system, without passwords. */
public final class Addresses {

    private Addresses() {}

    static String text(Home home, LocalFleet fleet, Stores stores) {
        var text = new StringBuilder(programs(fleet));
        text.append(stores(stores.databaseUrl(), stores.amqpUri(), stores.managementUrl()));
        Path env = home.env();
        text.append(RootLocale.format("  %-10s %s%n", "logs", home.logFolder()));
        text.append(RootLocale.format(
                "  %-10s %s%n  %-10s with the passwords; as shell variables: . %s%n",
                "variables", env, "", Shell.quoted(env.toString())));
        return text.toString();
    }

    public static String programs(LocalFleet fleet) {
        var text = new StringBuilder();
        for (RunningProgram program : fleet.programs()) {
            text.append(RootLocale.format("  %-10s %s%n", program.name(), program.url()));
        }
        return text.toString();
    }

    static String stores(String databaseUrl, String amqpUri, Optional<String> managementUrl) {
        var text = new StringBuilder();
        text.append(RootLocale.format("  %-10s %s%n", "database", withoutPassword(databaseUrl)));
        text.append(RootLocale.format("  %-10s %s%n", "broker", withoutPassword(amqpUri)));
        managementUrl.ifPresent(url -> text.append(RootLocale.format("  %-10s %s%n", "management", url)));
        return text.toString();
    }

    /** For one address or a list of them. */
    static String withoutPassword(String uri) {
        return uri.replaceAll("://([^:/@]*):[^@]*@", "://$1:***@").replaceAll("([?&][a-z]*password=)[^&]*", "$1***");
    }
}
