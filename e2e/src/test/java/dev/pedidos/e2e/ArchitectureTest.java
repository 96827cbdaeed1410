package dev.pedidos.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses PROGRAMS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.pedidos");

    private static final JavaClasses TESTS = new ClassFileImporter().importPackages("dev.pedidos.e2e");

    @Test
    void noCyclesBetweenPackages() {
        slices().matching("dev.pedidos.(**)").should().beFreeOfCycles().check(PROGRAMS);
    }

    @Test
    void sharedKnowsNoProgram() {
        noClasses()
                .that()
                .resideInAPackage("dev.pedidos.shared..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pedidos.api..", "dev.pedidos.worker..", "dev.pedidos.tools..")
                .check(PROGRAMS);
    }

    @Test
    void amqpOnlyInBroker() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.pedidos.shared..", "dev.pedidos.api..", "dev.pedidos.worker..")
                .and()
                .resideOutsideOfPackage("dev.pedidos.shared.broker..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.rabbitmq..")
                .check(PROGRAMS);
    }

    @Test
    void jacksonOnlyWhereMessagesAndBodiesAreRead() {
        onlyIn(
                "tools.jackson..",
                "dev.pedidos.shared.masking..",
                "dev.pedidos.shared.message..",
                "dev.pedidos.api.deadletter..",
                "dev.pedidos.api.estoque..",
                "dev.pedidos.api.intake..",
                "dev.pedidos.api.tasks..",
                "dev.pedidos.worker.calls..",
                "dev.pedidos.worker.despesa..",
                "dev.pedidos.worker.execution..",
                "dev.pedidos.worker.handler..",
                "dev.pedidos.worker.operacao..",
                "dev.pedidos.worker.pedido..",
                "dev.pedidos.worker.provider..",
                "dev.pedidos.worker.simulado..",
                "dev.pedidos.tools..");
    }

    @Test
    void jdbiOnlyInLedgerAndHandlers() {
        onlyIn(
                "org.jdbi..",
                "dev.pedidos.shared.ledger..",
                "dev.pedidos.worker.despesa..",
                "dev.pedidos.worker.execution..",
                "dev.pedidos.worker.handler..",
                "dev.pedidos.worker.operacao..",
                "dev.pedidos.worker.pedido..",
                "dev.pedidos.worker.simulado..");
    }

    private static void onlyIn(String library, String... packages) {
        noClasses()
                .that()
                .resideInAPackage("dev.pedidos..")
                .and()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(PROGRAMS);
    }

    @Test
    void publishingKnowsNothingOfAcceptance() {
        noClasses()
                .that()
                .resideInAPackage("dev.pedidos.api.publishing..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.pedidos.api.acceptance..")
                .check(PROGRAMS);
    }

    @Test
    void statesOfTheFailoverDoNoIo() {
        noClasses()
                .that()
                .haveNameMatching("dev\\.pedidos\\.api\\.acceptance\\.FailoverState(\\$.*)?")
                .should()
                .dependOnClassesThat(
                        describe(
                                "are neither values of the JDK nor routes",
                                type -> !type.getPackageName().startsWith("java.lang")
                                        && !type.getName().matches("java\\.time\\.Duration|java\\.util\\.Objects")
                                        && !type.getName()
                                                .matches(
                                                        "dev\\.pedidos\\.api\\.acceptance\\.(FailoverState.*|Route.*|StoresUp.*)")))
                .check(PROGRAMS);
    }

    @Test
    void environmentOnlyInConfig() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.pedidos.shared..", "dev.pedidos.api..", "dev.pedidos.worker..")
                .and()
                .resideOutsideOfPackage("dev.pedidos.shared.config..")
                .should()
                .accessTargetWhere(describe(
                        "reads the environment",
                        access -> access.getTargetOwner().isEquivalentTo(System.class)
                                && access.getTarget().getName().equals("getenv")))
                .check(PROGRAMS);
    }

    @Test
    void wallClockOnlyInRuntime() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.pedidos.shared..", "dev.pedidos.api..", "dev.pedidos.worker..")
                .and()
                .resideOutsideOfPackage("dev.pedidos.shared.runtime..")
                .should()
                .accessTargetWhere(ClockOfTheMachine.isRead())
                .check(PROGRAMS);
    }

    @Test
    void circuitBreakersMeasureElapsedTime() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.pedidos.worker.outage.CircuitBreakers")
                .should()
                .callCodeUnitWhere(describe(
                        "configures a circuit breaker by itself",
                        call -> call.getTargetOwner().getName().startsWith("io.github.resilience4j.circuitbreaker.")
                                && call.getName().matches("custom|from|ofDefaults|clock")))
                .because("the clock of the library can be set: use CircuitBreakers")
                .check(PROGRAMS);
    }

    @Test
    void routesAreAddedInOnePlaceThatIgnoresNoParameter() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.pedidos.api.http.Routes")
                .should()
                .callCodeUnitWhere(describe(
                        "adds a route or decodes a query leniently",
                        call -> call.getTargetOwner().getPackageName().startsWith("io.javalin")
                                && call.getName()
                                        .matches("get|head|post|put|patch|delete|query(Param.*|String)|form.*")))
                .check(PROGRAMS);
    }

    @Test
    void noTextFollowsTheLanguageOfTheMachine() {
        var rule = noClasses()
                .should()
                .accessTargetWhere(LanguageOfTheMachine.formats())
                .because("numbers in names get other digits under fa, ar, bn: use RootLocale.format or name a Locale");
        rule.check(PROGRAMS);
        rule.check(TESTS);
    }

    @Test
    void numbersAreReadInDigitsFrom0To9() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.pedidos.shared.text..")
                .should()
                .accessTargetWhere(LanguageOfTheMachine.readsAnyDigits())
                .because("the JDK takes digits of every script: use Digits")
                .check(PROGRAMS);
    }

    @Test
    void noTaskWaitsForAThreadOfTheCommonPool() {
        var rule = noClasses()
                .should()
                .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
                .orShould()
                .callMethod(CompletableFuture.class, "supplyAsync", Supplier.class)
                .because("on two cores that pool has one thread: a task that waits keeps up every other one");
        rule.check(PROGRAMS);
        rule.check(TESTS);
    }
}
