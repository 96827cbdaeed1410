package dev.pedidos.shared.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets one column of many rows as an array of a statement, in the order of the rows. */
public final class SqlArrays {

    private SqlArrays() {}

    /** @param type the database's name of the type of one value */
    public static <T> void set(
            PreparedStatement statement,
            int place,
            String type,
            Collection<T> rows,
            Function<? super T, ? extends @Nullable Object> column)
            throws SQLException {
        set(statement, place, type, rows.stream().map(column).toArray());
    }

    /** As String[] the driver sends it as it is: of an Object[] it makes one long text first, several times as large. */
    public static <T> void setTexts(
            PreparedStatement statement,
            int place,
            Collection<T> rows,
            Function<? super T, ? extends @Nullable String> column)
            throws SQLException {
        set(statement, place, "text", rows.stream().map(column).toArray(String[]::new));
    }

    public static <T> void setBytes(
            PreparedStatement statement, int place, Collection<T> rows, Function<? super T, byte[]> column)
            throws SQLException {
        set(statement, place, "bytea", rows.stream().map(column).toArray(byte[][]::new));
    }

    private static void set(PreparedStatement statement, int place, String type, @Nullable Object[] values)
            throws SQLException {
        statement.setArray(place, statement.getConnection().createArrayOf(type, values));
    }
}
