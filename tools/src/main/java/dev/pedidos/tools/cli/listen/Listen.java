package dev.pedidos.tools.cli.listen;

import com.sun.net.httpserver.HttpServer;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.config.TcpPorts;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import dev.pedidos.tools.cli.options.AbandonableIo;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.Numbers;
import dev.pedidos.tools.stack.home.WebhookSecretFile;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes webhooks on this machine, checks their signatures and prints them. */
@Command(
        name = "listen",
        mixinStandardHelpOptions = true,
        description = "Take webhooks on a port of this machine, check their signatures and print them, until Ctrl-C.")
public final class Listen implements Callable<Integer> {
    @Parameters(paramLabel = "PORT", description = "The port; a free one for 0.")
    private int port;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description = "The file with the secrets; by default PEDIDOS_WEBHOOK_SECRET_FILE, else that of `up`.")
    private @Nullable Path secrets;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        Numbers.checked(spec, "PORT", port, 0, TcpPorts.HIGHEST);
        var context = CommandContext.of(spec);
        SigningSecretsFile file = secretFile(context);
        try {
            var unused = AbandonableIo.run(file::read);
        } catch (IOException e) {
            throw new Failed("there are no secrets to check signatures with: " + file.path()
                    + " cannot be read or has none. `up` makes one; else name yours with --secrets");
        }
        HttpServer server = open();
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", new WebhookPrinter(file, context::print));
        server.start();
        try {
            context.say("listening at http://127.0.0.1:" + server.getAddress().getPort() + "/, secrets from "
                    + file.path() + "; Ctrl-C stops it");
            new CountDownLatch(1).await();
        } catch (InterruptedException stop) {
            // The normal end.
        } finally {
            server.stop(0);
        }
        return 0;
    }

    private SigningSecretsFile secretFile(CommandContext context) {
        Path file = Optional.ofNullable(secrets)
                .or(() -> context.env().text(Settings.WEBHOOK_SECRET_FILE).map(Path::of))
                .orElseGet(() -> WebhookSecretFile.of(context.home()));
        return new SigningSecretsFile(file);
    }

    private HttpServer open() throws IOException, Failed {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        } catch (BindException e) {
            // Thrown for a port that is taken, and for one that this user may not have.
            throw new Failed(RootLocale.format(
                    "cannot listen on port %d: %s. Choose another port from 1024 up, or 0 for a free one",
                    port, e.getMessage()));
        }
    }
}
