package dev.pedidos.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
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
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.pedidos.shared.broker..",
                        "dev.pedidos.shared.ledger..",
                        "dev.pedidos.shared.config..",
                        "dev.pedidos.shared.runtime..",
                        "dev.pedidos.shared.topology..",
                        "dev.pedidos.worker.fleet..",
                        "dev.pedidos.worker.settle..",
                        "dev.pedidos.api.acceptance..",
                        "dev.pedidos.api.publishing..",
                        "dev.pedidos.api.status..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(PROGRAMS);
    }

    @Test
    void jdbiOnlyInLedgerAndHandlers() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.pedidos.shared.broker..",
                        "dev.pedidos.shared.message..",
                        "dev.pedidos.shared.config..",
                        "dev.pedidos.shared.runtime..",
                        "dev.pedidos.shared.topology..",
                        "dev.pedidos.api.(**).",
                        "dev.pedidos.worker.fleet..",
                        "dev.pedidos.worker.settle..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jdbi..")
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
                                "are neither values of the JDK nor paths",
                                type -> !type.getPackageName().startsWith("java.lang")
                                        && !type.getName().matches("java\\.time\\.Duration|java\\.util\\.Objects")
                                        && !type.getName()
                                                .matches(
                                                        "dev\\.pedidos\\.api\\.acceptance\\.(FailoverState.*|AcceptancePath.*|StoresUp.*)")))
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
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
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
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
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
                .callCodeUnitWhere(LanguageOfTheMachine.formats())
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
                .callCodeUnitWhere(LanguageOfTheMachine.readsAnyDigits())
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
