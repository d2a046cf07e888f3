package de.doppelboden.cli;

import de.doppelboden.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the product keeps on the disk, table by table, to plan with. */
@Command(
        name = "disk",
        description = "Shows what the tables take, in all and for each row, and what is free.",
        mixinStandardHelpOptions = true)
final class DiskCommand implements Callable<Integer> {

    private static final long MEGABYTE = 1 << 20;
    private static final String TABLES = """
            select n.nspname || '.' || c.relname, pg_total_relation_size(c.oid)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname <> 'information_schema' and not starts_with(n.nspname, 'pg_')
            order by 2 desc
            """;

    @Mixin
    private Installation installation;

    @Mixin
    private Printing printing;

    /** @param bytes with its indexes and what lies outside of its rows */
    private record Table(String name, long rows, long bytes) {

        long bytesOfARow() {
            return rows == 0 ? 0 : bytes / rows;
        }
    }

    @Override
    public Integer call() throws Failure, SQLException, IOException {
        try (Database database = installation.database();
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            List<Table> tables = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(TABLES)) {
                while (row.next()) {
                    tables.add(new Table(row.getString(1), 0, row.getLong(2)));
                }
            }
            for (int i = 0; i < tables.size(); i++) {
                Table table = tables.get(i);
                long rows = number(statement, "select count(*) from " + table.name());
                tables.set(i, new Table(table.name(), rows, table.bytes()));
            }
            long all = number(statement, "select pg_database_size(current_database())");
            long free = Files.getFileStore(installation.configuration().data()).getUsableSpace();
            print(tables, all, free);
        }
        return Exit.OK;
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void print(List<Table> tables, long all, long free) {
        if (printing.json()) {
            printing.object(Map.of("tables", tables, "databaseBytes", all, "freeBytes", free));
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TABLE", "ROWS", "MB", "BYTES A ROW"));
        for (Table table : tables) {
            if (table.rows() > 0) {
                rows.add(List.of(
                        table.name(),
                        String.valueOf(table.rows()),
                        String.valueOf(table.bytes() / MEGABYTE),
                        String.valueOf(table.bytesOfARow())));
            }
        }
        printing.table(rows);
        printing.line("The database takes %d MB; %d MB are free beside it.".formatted(all / MEGABYTE, free / MEGABYTE));
    }
}
