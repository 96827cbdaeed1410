package dev.pedidos.e2e.bench;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.ledger.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills a ledger with final pedidos of the last fourteen months, three events each and mostly a reserva, as fast as the server
 * can: by generate_series, without indexes and triggers, which are made again afterwards.
 */
final class LargeLedger {

    private static final int AT_ONCE = 500_000;
    private static final List<String> TABLES = List.of("pedidos", "operation_events", "reservas");

    /** Ids as clients give them: in no order. Receivers as many as a large system has. */
    private static final String ROWS = """
            with given as materialized (
                select
                    md5(i::text) as pedido_id,
                    first + i * step as ordem,
                    'rcb-' || (i * 7919 %% 100000) as recebedor_id,
                    'sku-' || lpad((i %% 2000)::text, 4, '0') as sku,
                    i %% 20 > 0 as completed,
                    to_timestamp((first + i * step) / 1000000.0) as moment,
                    sha256(i::text::bytea) as content_hash
                from generate_series(%d::bigint, %d) i
                cross join (
                    select
                        (extract(epoch from now() - interval '14 months') * 1000000)::bigint as first,
                        (extract(epoch from interval '400 days') * 1000000 / %d)::bigint as step
                ) time
            ), finished as materialized (
                select
                    *,
                    case when completed then 'COMPLETED' else 'REJECTED' end as status,
                    case when not completed then 'ESTOQUE_INSUFICIENTE' end as motivo,
                    case
                        when completed then jsonb_build_object(
                            'reservas', jsonb_build_array(jsonb_build_object('sku', sku, 'quantidade', 1)),
                            'valor_centavos', 1990)
                    end as resultado
                from given
            ), rows as (
                insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, motivo, resultado, tentativas, published,
                    payload_bytes, payload_hash, aceito_em, atualizado_em)
                select pedido_id, ordem, 'pedido', recebedor_id, 'api', status, motivo, resultado, 1, true, 90, content_hash,
                    moment, moment
                from finished
            ), held as (
                insert into reservas (pedido_id, sku, quantidade) select pedido_id, sku, 1 from finished where completed
            )
            insert into operation_events (external_id, event_type, payload, payload_hash, conteudo, occurred_at)
            select f.pedido_id, e.event_type, e.payload, coalesce(e.hash, sha256(convert_to(e.payload::text, 'UTF8'))), e.conteudo,
                f.moment
            from finished f
            cross join lateral (values
                ('ACCEPTED',
                 jsonb_build_object(
                     'ciclo', 0, 'ordem', f.ordem, 'tipo', 'pedido', 'recebedor_id', f.recebedor_id, 'origem', 'api'),
                 f.content_hash,
                 jsonb_build_object('itens', jsonb_build_array(
                     jsonb_build_object('sku', f.sku, 'quantidade', 1, 'preco_centavos', 1990)))),
                ('PROCESSING', jsonb_build_object('ciclo', 0, 'tentativa', 1, 'agendamento', 0), null, null),
                (f.status,
                 jsonb_build_object('ciclo', 0, 'tentativa', 1, 'motivo', f.motivo, 'resultado', f.resultado), null, null)
            ) e (event_type, payload, hash, conteudo)""";

    private static final String INDEXES = """
            select
                case
                    when c.conname is null then format('drop index %%I', i.relname)
                    else format('alter table %%I drop constraint %%I', t.relname, c.conname)
                end as without,
                case
                    when c.conname is null then pg_get_indexdef(i.oid)
                    else format('alter table %%I add constraint %%I %%s', t.relname, c.conname, pg_get_constraintdef(c.oid))
                end as again
            from pg_index x
            join pg_class i on i.oid = x.indexrelid
            join pg_class t on t.oid = x.indrelid
            left join pg_constraint c on c.conindid = i.oid
            where t.relname = '%s'
            """;

    private final Connection ledger;

    private LargeLedger(Connection ledger) {
        this.ledger = ledger;
    }

    static void fill(DatabaseUrl owner, int pedidos) throws SQLException {
        try (var connection = Ledger.connect(owner)) {
            new LargeLedger(connection).fill(pedidos);
        }
    }

    private void fill(int pedidos) throws SQLException {
        run(
                "set statement_timeout = 0; set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '1GB'");
        List<String> again = new ArrayList<>();
        for (String table : TABLES) {
            again.addAll(dropIndexes(table));
            run("alter table " + table + " disable trigger user");
            run("alter table " + table + " set (autovacuum_enabled = off)");
        }
        for (int from = 1; from <= pedidos; from += AT_ONCE) {
            int until = Math.min(pedidos, from + AT_ONCE - 1);
            timed(RootLocale.format("%,d pedidos", until), RootLocale.format(ROWS, from, until, pedidos));
        }
        for (String statement : again) {
            timed(statement, statement);
        }
        for (String table : TABLES) {
            run("alter table " + table + " enable trigger user");
            run("alter table " + table + " reset (autovacuum_enabled)");
            timed("vacuum " + table, "vacuum (analyze, freeze) " + table);
        }
    }

    private List<String> dropIndexes(String table) throws SQLException {
        List<String> without = new ArrayList<>();
        List<String> again = new ArrayList<>();
        try (var statement = ledger.createStatement();
                var rows = statement.executeQuery(RootLocale.format(INDEXES, table))) {
            while (rows.next()) {
                without.add(rows.getString("without"));
                again.add(rows.getString("again"));
            }
        }
        for (String each : without) {
            run(each);
        }
        return again;
    }

    private void timed(String what, String statement) throws SQLException {
        long start = System.nanoTime();
        run(statement);
        System.out.print(RootLocale.format("%s: %.0f s%n", what, (System.nanoTime() - start) / 1e9));
    }

    private void run(String sql) throws SQLException {
        try (var statement = ledger.createStatement()) {
            statement.execute(sql);
        }
    }
}
