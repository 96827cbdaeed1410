package dev.pedidos.tools.cli.options;

import dev.pedidos.shared.config.Env;
import dev.pedidos.tools.stack.home.Home;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The context of a command.
 *
 * @param out for results; messages about the progress go to {@link #say}
 */
public record CommandContext(Home home, Env env, PrintWriter out, PrintWriter err) {

    public static CommandContext of(CommandSpec command) throws IOException, InterruptedException {
        var env = AbandonableIo.run(Env::ofProcess);
        env.check();
        return new CommandContext(
                Home.find(),
                env,
                command.commandLine().getOut(),
                command.commandLine().getErr());
    }

    /** One line on standard error. */
    public void say(String line) {
        err.println(line);
        err.flush();
    }

    /** One line, or a block that ends its own lines, on standard output. */
    public void print(String text) {
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }
}
