package de.doppelboden.register.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The lower level of the hash tree: the hash of each row in some buckets, by person. */
record RowHashes(Map<String, Long> byPerson) {

    private static final int FETCH = 10_000;

    static RowHashes of(Connection connection, String table, Collection<Integer> buckets) throws SQLException {
        var hashes = new HashMap<String, Long>();
        var list = buckets.stream().map(String::valueOf).collect(Collectors.joining(","));
        var select = "select om, " + PrimaryView.HASH + " from " + table
                + (buckets.size() == Buckets.COUNT ? "" : " where " + PrimaryView.BUCKET + " in (" + list + ")");
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (var rows = statement.executeQuery(select)) {
                while (rows.next()) {
                    hashes.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return new RowHashes(hashes);
    }

    /** The persons that one side lacks or holds differently. */
    SortedSet<String> differingFrom(RowHashes other) {
        var differing = new TreeSet<String>();
        byPerson.forEach((om, hash) -> {
            if (!hash.equals(other.byPerson.get(om))) {
                differing.add(om);
            }
        });
        other.byPerson.keySet().stream().filter(om -> !byPerson.containsKey(om)).forEach(differing::add);
        return differing;
    }
}
