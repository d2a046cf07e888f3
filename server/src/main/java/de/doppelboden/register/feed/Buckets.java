package de.doppelboden.register.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The upper level of the hash tree: for each of 4,096 buckets of persons their number and the combined hash of their rows. */
record Buckets(long[] counts, long[] hashes) {

    static final int COUNT = 4096;

    static Buckets of(Connection connection, String table) throws SQLException {
        var counts = new long[COUNT];
        var hashes = new long[COUNT];
        var select = "select " + PrimaryView.BUCKET + " as bucket, count(*), bit_xor(" + PrimaryView.HASH + ") from "
                + table + " group by 1";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            while (rows.next()) {
                counts[rows.getInt(1)] = rows.getLong(2);
                hashes[rows.getInt(1)] = rows.getLong(3);
            }
        }
        return new Buckets(counts, hashes);
    }

    long rows() {
        return Arrays.stream(counts).sum();
    }

    /** The buckets in which the two sides differ. */
    List<Integer> differingFrom(Buckets other) {
        var differing = new ArrayList<Integer>();
        for (int bucket = 0; bucket < COUNT; bucket++) {
            if (counts[bucket] != other.counts[bucket] || hashes[bucket] != other.hashes[bucket]) {
                differing.add(bucket);
            }
        }
        return differing;
    }
}
