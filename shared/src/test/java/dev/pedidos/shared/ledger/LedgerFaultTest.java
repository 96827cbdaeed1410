package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.LedgerFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of SQLSTATEs, code by code: PostgreSQL 18's appendix "Error Codes". */
class LedgerFaultTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OUTAGE        | 08000 08003 08006 08001 08004 08007 08P01
            OUTAGE        | 25006
            CANCELLED     | 25P03 25P04
            OTHER         | 25000 25001 25002 25003 25004 25005 25007 25008 25P01 25P02
            LOGIN         | 28000 28P01
            LOGIN         | 3D000
            CONTENTION    | 40000 40001 40003 40P01
            CONTENT       | 40002
            CONFIGURATION | 42000 42501 42601 42602 42622 42703 42704 42710 42804 42883 42939 42P01 42P02 42P16 42P17
            CANCELLED     | 42P05
            OUTAGE        | 53000 53100 53200 53300
            CANCELLED     | 53400
            CONTENT       | 54000 54001 54011 54023
            CANCELLED     | 55000 55P02 55P04
            CONTENTION    | 55006 55P03
            OUTAGE        | 57000 57P01 57P02 57P03 57P04 57P05
            CANCELLED     | 57014
            OUTAGE        | 58000 58030
            CANCELLED     | 58P01 58P02 58P03
            OUTAGE        | F0000 F0001
            OTHER         | XX000 XX001 XX002
            CANCELLED     | 0A000 26000
            CONTENT       | 22021 22P02 22P05 23502 23505 23514
            CONFIGURATION | 3F000
            OTHER         | 21000 2D000 38000 P0001 HV000 99999""")
    void eachCodeHasItsKind(Kind expected, String codes) {
        assertThat(Arrays.stream(codes.split(" ")))
                .allSatisfy(code -> assertThat(LedgerFault.kindOf(new SQLException("said so", code)))
                        .as(code)
                        .hasValue(expected));
    }

    /** A missing right on one of them is for an operator to repair: no pedido is given up for it. */
    @Test
    void everythingThatTheMigrationsCreateIsAnObjectOfTheLedger() throws IOException {
        var created = Pattern.compile(
                "(?i)create (?:or replace )?(?:table|view|function) (?:if not exists )?(?:public\\.)?+([a-z_0-9]+)");
        List<String> names = new ArrayList<>();
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            for (Path file : files.toList()) {
                created.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
            }
        }
        assertThat(names)
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(LedgerFault.isMissingLedgerObject(
                                new SQLException("ERROR: permission denied for table " + name, "42501")))
                        .isTrue());
    }

    @Test
    void anErrorOfSyntaxIsTheHandlersWhateverItQuotes() {
        var failure = new SQLException("ERROR: syntax error at or near \"workers\"", "42601");
        assertThat(LedgerFault.isMissingLedgerObject(failure)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "25006", "25P03", "25P04", "26000", "42P05", "0A000", "57P01", "57P02", "57P03", "57P04",
                "57P05"
            })
    void noOtherTransactionGetsASessionThatIsOfNoUse(String state) {
        assertThat(LedgerFault.endsSession(new SQLException("said so", state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "23505", "40001", "42501", "53100", "55P03", "57014", "XX000", "25P02"})
    void aSessionThatIsGoodIsKept(String state) {
        assertThat(LedgerFault.endsSession(new SQLException("said so", state))).isFalse();
    }

    @Test
    void whatCouldQuoteARowIsNotToldToALog() {
        assertThat(FaultText.describe(new SQLException("invalid input: \"11222333000181\"", "22P02")))
                .isEqualTo("SQLSTATE 22P02");
        assertThat(FaultText.describe(new SQLException("permission denied for table pedidos\n  Hint: x", "42501")))
                .isEqualTo("SQLSTATE 42501: permission denied for table pedidos");
    }

    @Test
    void aFailureWithoutACodeIsAnOutageForEveryProgram() {
        assertThat(LedgerFault.kindOf(new SQLException("the connection is closed")))
                .hasValue(Kind.OUTAGE);
        assertThat(LedgerFault.kindOf(new IllegalStateException(new SQLException("no connection", ""))))
                .hasValue(Kind.OUTAGE);
    }

    @Test
    void causesThatGoInACircleHaveAnEnd() {
        var one = new IllegalStateException("one");
        var other = new IllegalStateException("other", one);
        one.initCause(other);
        assertThat(LedgerFault.kindOf(one)).isEmpty();
    }

    @Test
    void aFailureWhoseOwnMethodsFailIsReadAsFarAsItCanBe() {
        var broken = new SQLException("", "08006") {
            private static final long serialVersionUID = 1L;

            @Override
            public String getSQLState() {
                throw new IllegalStateException();
            }

            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }

            @Override
            public Throwable getCause() {
                throw new IllegalStateException();
            }
        };
        var wrapped = new IllegalStateException("?", broken);
        assertThat(LedgerFault.kindOf(wrapped)).hasValue(Kind.OUTAGE);
        assertThat(FaultText.describe(wrapped)).isEqualTo("its message cannot be read: StackOverflowError");
        assertThat(LedgerFault.kindOf(new IllegalStateException() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public Throwable getCause() {
                        throw new StackOverflowError();
                    }
                }))
                .isEmpty();
    }

    @Test
    void onlyWhatASessionOfTheLedgerThrowsIsOfTheLedger() {
        var erp = new SQLException("gone", "08006");
        assertThat(LedgerFault.cameFromAnotherDatabase(new IllegalStateException(erp)))
                .isTrue();
        assertThat(LedgerFault.cameFromLedger(new IllegalStateException(LedgerFault.markedAsLedgers(erp))))
                .isTrue();
        assertThat(LedgerFault.cameFromAnotherDatabase(erp)).isFalse();
        assertThat(LedgerFault.markedAsLedgers(erp).getSuppressed()).hasSize(1);
        assertThat(LedgerFault.cameFromAnotherDatabase(new IllegalStateException("no database")))
                .isFalse();

        var batch = new BatchUpdateException("one of several", "57P01", new int[0]);
        batch.setNextException(new SQLException("gone", "57P01"));
        LedgerFault.markedAsLedgers(batch);
        assertThat(LedgerFault.cameFromLedger(batch.getNextException())).isTrue();
    }
}
