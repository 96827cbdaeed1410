package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs PostgreSQL as another user for root, because PostgreSQL refuses to run as root. */
final class Unprivileged {
    private static final Duration BOUND = Duration.ofSeconds(10);
    /** In a user namespace without a mapping, root counts as nobody and still owns its files. */
    private static final List<String> OWN_NAMESPACE = List.of("unshare", "-U");

    private static final String NOBODY = "65534";
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    private Unprivileged() {}

    /** The words before a command that works in this folder; changes the owner of the folder if needed. */
    static List<String> words(Path folder, Path log) throws IOException, InterruptedException {
        if (!Command.asRoot()) {
            return List.of();
        }
        if (works(OWN_NAMESPACE, List.of("true"), log)) {
            return OWN_NAMESPACE;
        }
        if (works(AS_NOBODY, List.of("test", "-w", folder.toString()), log)) {
            return AS_NOBODY;
        }
        new Command(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()), Map.of(), log).run(BOUND);
        if (works(AS_NOBODY, List.of("test", "-w", folder.toString()), log)) {
            return AS_NOBODY;
        }
        throw new IOException(RootLocale.format("""
                PostgreSQL refuses to run as root, and here root can neither make a user namespace (unshare -U) nor \
                reach %s as another user (setpriv). Run this as an ordinary user, or set DATABASE_URL to a server.""", folder));
    }

    private static boolean works(List<String> prefix, List<String> words, Path log) throws InterruptedException {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        try {
            new Command(all, Map.of(), log).run(BOUND);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
