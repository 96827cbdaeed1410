package dev.pedidos.tools.cli.task;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.FaultyFields;
import dev.pedidos.tools.api.NothingDone;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.FileTrouble;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a file of expenses as one batch. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = {
            "POST a file of up to 10,000 expenses as one batch: all are accepted, or none. Prints the task_id.",
            "FILE.csv begins with the line cnpj,valor_centavos,descricao; descricao may be left out.",
            "FILE.ndjson has a line such as {\"cnpj\":\"12.ABC.345/01DE-35\",\"valor_centavos\":1990} for each."
        })
final class TaskSend implements Callable<Integer> {
    private static final int FAULTS_SHOWN = 20;

    @Mixin
    private ApiOption api = new ApiOption();

    @Parameters(paramLabel = "FILE", description = "Its name ends in .csv or .ndjson.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--key",
            paramLabel = "K",
            description = "The Idempotency-Key: the same one again with the same file gives the same task (default: a"
                    + " new one).")
    private @Nullable String key;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        ExpenseFile expenses = read();
        String used = key == null ? UUID.randomUUID().toString() : key;
        var operator = api.open(context);
        try (operator) {
            var task = operator.sendBatch(used, expenses.batch());
            String id = task.path("task_id").stringValue("");
            long total = task.path("total").asLong(0);
            context.print(id);
            context.say(RootLocale.format(
                    "%s accepted; ./pedidos task watch %s follows them",
                    total == 1 ? "1 expense was" : RootLocale.format("%,d expenses were", total), id));
            return 0;
        } catch (FaultyFields e) {
            throw new Failed("nothing was accepted:\n" + faults(expenses, e));
        } catch (NothingDone e) {
            throw new Failed("nothing was accepted: " + e.getMessage());
        } catch (IOException e) {
            throw new Failed(FileTrouble.text(e) + "\n" + unknown(used));
        } catch (InterruptedException e) {
            context.say(unknown(used));
            throw e;
        }
    }

    private static String unknown(String key) {
        return "It is unknown whether the batch was accepted. Send it again with --key " + key
                + ": it becomes one task.";
    }

    private ExpenseFile read() throws IOException, Failed {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), "FILE cannot be read: " + file);
        }
        try {
            return ExpenseFile.read(file);
        } catch (CharacterCodingException e) {
            throw new Failed("nothing was accepted: " + file + " is not UTF-8");
        } catch (FaultyLines e) {
            throw new Failed("nothing was accepted:\n" + listed(e.lines()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage(), e);
        }
    }

    private static String faults(ExpenseFile expenses, FaultyFields faulty) {
        return listed(faulty.messages().entrySet().stream()
                .map(fault -> expenses.named(fault.getKey()) + " " + fault.getValue())
                .toList());
    }

    private static String listed(List<String> faults) {
        String first =
                faults.stream().limit(FAULTS_SHOWN).map(fault -> "  " + fault).collect(Collectors.joining("\n"));
        int more = faults.size() - FAULTS_SHOWN;
        return more > 0 ? first + RootLocale.format("\n  and %,d more", more) : first;
    }
}
