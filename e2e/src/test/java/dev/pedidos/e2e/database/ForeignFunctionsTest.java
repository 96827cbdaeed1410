package dev.pedidos.e2e.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where every role may create objects in the schema public, what runs as the owner does not call theirs. */
class ForeignFunctionsTest {

    /** Each has closer types than PostgreSQL's own. */
    private static final List<String> FOREIGN = List.of(
            "create function to_char(date, text) returns text",
            "create function format(text, text, text) returns text",
            "create function cardinality(text[]) returns integer",
            "create function add(text[], text) returns text[]",
            "create function times(numeric, integer) returns bigint");

    @Test
    void theFunctionsOfTheArchiveCallNoFunctionOfAnotherRole() throws Exception {
        try (var system = TestSystem.start("foreign-functions", Map.of())) {
            system.migrate();
            FOREIGN.forEach(function -> system.alter(function
                    + " language plpgsql as $$ begin raise exception 'a foreign function was called'; end $$"));
            system.alter("create aggregate array_agg(text) (sfunc = add, stype = text[])");
            system.alter("create operator public.* (leftarg = numeric, rightarg = integer, function = times)");

            assertThat(system.count("select count(*) from open_archive_month(date '2031-05-01')"))
                    .isEqualTo(1);
            assertThat(system.count("select count(*) from pedidos_arquivados_2031_05"))
                    .isZero();
            assertThat(system.count("select archive_pedidos('{unknown}')")).isZero();
            assertThat(system.count("select unarchive_pedido('unknown')::integer"))
                    .isZero();
        }
    }

    @Test
    void whatRunsAsTheOwnerLooksInPgCatalogAlone() throws Exception {
        try (var system = TestSystem.start("definer-paths", Map.of())) {
            system.migrate();
            assertThat(system.text("select string_agg(proname, ' ' order by proname) from pg_proc"
                            + " where prosecdef and pronamespace = 'public'::regnamespace"
                            + " and proconfig @> '{\"search_path=pg_catalog, pg_temp\"}'"))
                    .isEqualTo("archive_pedidos open_archive_month unarchive_pedido")
                    .isEqualTo(system.text("select string_agg(proname, ' ' order by proname) from pg_proc"
                            + " where prosecdef and pronamespace = 'public'::regnamespace"));
        }
    }
}
