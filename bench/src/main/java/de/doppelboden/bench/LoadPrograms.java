package de.doppelboden.bench;

import de.doppelboden.city.peer.PeerMissing;
import de.doppelboden.city.peer.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients of others, each on the last core of the machine if there is more than one. */
final class LoadPrograms {

    /** Counted before anything is pinned. */
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private static final int CONNECTIONS = 32;
    private static final Pattern WRK = Pattern.compile("(\\d+) requests in ");
    private static final Pattern WRONG = Pattern.compile("Non-2xx or 3xx responses: \\d+|Socket errors:.*");
    private static final Pattern H2LOAD = Pattern.compile("requests: \\d+ total.*?(\\d+) succeeded, (\\d+) failed");
    private static final Pattern HANDSHAKES = Pattern.compile("(\\d+) connections in \\d+ real seconds");

    private final Path wrk;
    private final Path h2load;
    private final Path openssl;
    private final Path curl;

    LoadPrograms() throws PeerMissing {
        this.wrk = Programs.need("wrk", "wrk");
        this.h2load = Programs.need("h2load", "nghttp2-client");
        this.openssl = Programs.need("openssl", "openssl");
        this.curl = Programs.need("curl", "curl");
    }

    /** Requests that were answered well, as many as go through in that time. */
    long asManyAsGo(String url, int seconds) throws IOException, InterruptedException {
        String said = run(wrk, "-t1", "-c" + CONNECTIONS, "-d" + seconds, url);
        Matcher wrong = WRONG.matcher(said);
        if (wrong.find()) {
            throw new IOException(url + ": " + wrong.group());
        }
        return number(WRK, said);
    }

    /** Requests of HTTP/1.1 that were answered well, so many a second. */
    long asManyAsAsked(String url, int perSecond, int seconds) throws IOException, InterruptedException {
        String said = run(
                h2load,
                "--h1",
                "-t1",
                "-c" + CONNECTIONS,
                "--rps=" + perSecond / CONNECTIONS,
                "-D",
                Integer.toString(seconds),
                url);
        return number(H2LOAD, said);
    }

    /** Full handshakes, one after the other. */
    long handshakes(int port, int seconds) throws IOException, InterruptedException {
        String said = run(
                openssl,
                "s_time",
                "-connect",
                "127.0.0.1:" + port,
                "-new",
                "-time",
                Integer.toString(seconds),
                "-tls1_3");
        return number(HANDSHAKES, said);
    }

    /** A certificate for a few days, its key in the file beside. */
    void certify(Path certificate, Path key) throws IOException, InterruptedException {
        run(
                openssl,
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "30",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString(),
                "-subj",
                "/CN=localhost");
    }

    /** Bytes a second of a download. */
    double download(String url) throws IOException, InterruptedException {
        return Double.parseDouble(run(curl, "-skf", "--http1.1", "-o", "/dev/null", "-w", "%{speed_download}", url));
    }

    /** Bytes a second of an upload. */
    double upload(Path file, String url) throws IOException, InterruptedException {
        return Double.parseDouble(
                run(curl, "-skf", "--http1.1", "-T", file.toString(), "-o", "/dev/null", "-w", "%{speed_upload}", url));
    }

    private static long number(Pattern pattern, String said) throws IOException {
        Matcher found = pattern.matcher(said);
        if (!found.find()) {
            throw new IOException("not understood: " + said);
        }
        return Long.parseLong(found.group(1));
    }

    private static String run(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(onLastCore());
        command.add(program.toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(program + " failed: " + said);
        }
        return said;
    }

    /** How a command begins that is to run on the last core; empty where there is one core only. */
    static List<String> onLastCore() {
        return CORES > 1 ? List.of("taskset", "-c", Integer.toString(CORES - 1)) : List.of();
    }

    /** Keeps a process, with all its threads and what it starts from now on, on the first core. */
    static void pin(ProcessHandle process) throws IOException, InterruptedException {
        keep(process, "0");
    }

    /** Keeps a process on the last core, where the back end and the load programs are: the first is the gateways' alone. */
    static void setAside(ProcessHandle process) throws IOException, InterruptedException {
        keep(process, Integer.toString(CORES - 1));
    }

    /** Lets it have all cores again; what it has started stays where it is. */
    static void unpin(ProcessHandle process) throws IOException, InterruptedException {
        keep(process, "0-" + (CORES - 1));
    }

    private static void keep(ProcessHandle process, String cores) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("taskset", "-acp", cores, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("the process cannot be kept on the cores " + cores);
        }
    }
}
