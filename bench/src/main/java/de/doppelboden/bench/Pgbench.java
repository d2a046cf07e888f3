package de.doppelboden.bench;

import de.doppelboden.city.peer.PeerMissing;
import de.doppelboden.city.peer.Programs;
import de.doppelboden.database.Access;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own load program, against a database of the server that we measure. */
final class Pgbench {

    private static final Pattern TPS = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final int MOST_SECONDS = 120;

    private final Path program;
    private final Access access;
    private final int clients;

    /**
     * @param access as a role that may make tables
     */
    Pgbench(Access access, int clients) throws PeerMissing {
        this.program = Programs.need("pgbench", "postgresql-contrib");
        this.access = access;
        this.clients = clients;
    }

    /** Makes its tables; as pgbench's manual asks, with as many branches as there are clients. */
    void prepare() throws IOException, InterruptedException {
        run(List.of("-i", "-q", "-s", String.valueOf(clients)));
    }

    /**
     * Commits a second.
     *
     * @param workload as pgbench's options name it
     */
    double commits(List<String> workload, int seconds) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("-n", "-c", String.valueOf(clients), "-j", "2"));
        arguments.addAll(List.of("-M", "prepared", "-T", String.valueOf(seconds)));
        arguments.addAll(workload);
        return tps(run(arguments));
    }

    static double tps(String said) throws IOException {
        Matcher tps = TPS.matcher(said);
        if (!tps.find()) {
            throw new IOException("pgbench says no rate: " + said);
        }
        return Double.parseDouble(tps.group(1));
    }

    private String run(List<String> arguments) throws IOException, InterruptedException {
        URI uri = URI.create(access.url().substring("jdbc:".length()));
        var command = new ArrayList<>(List.of(program.toString(), "-h", uri.getHost()));
        command.addAll(List.of("-p", String.valueOf(uri.getPort()), "-U", access.user()));
        command.addAll(arguments);
        command.add(uri.getPath().substring(1));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", access.password());
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("pgbench failed: " + said.strip());
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
