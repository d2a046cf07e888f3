package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataFolder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Where orders and questions about services go: on this machine to the gateway's management address with the token that
 * only its user can read (break-glass: no log-in, no control process), else to a console's REST interface by {@code
 * --url}.
 */
final class Target {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 15_000;

    @Mixin
    private Installation installation;

    @Option(names = "--url", paramLabel = "URL", description = "A console elsewhere, instead of this machine.")
    private @Nullable URI url;

    @Option(names = "--token-file", paramLabel = "FILE", description = "File with the token for the console.")
    private @Nullable Path tokenFile;

    /** An answer that is JSON. */
    record Answer(int status, JsonNode body) {

        boolean done() {
            return status / 100 == 2;
        }

        /** What a refusal says (RFC 9457). */
        String detail() {
            String detail = body.path("detail").asString(body.path("title").asString(""));
            return detail.isEmpty() ? "The answer was " + status + "." : detail;
        }
    }

    Installation installation() {
        return installation;
    }

    boolean remote() {
        return url != null;
    }

    Answer get(String path) throws Failure {
        return send("GET", path, Map.of());
    }

    /** Prints what a console elsewhere answers: its JSON, or these fields of each entry as columns. */
    int show(Printing printing, String path, Function<JsonNode, JsonNode> entries, List<String> fields) throws Failure {
        Answer answer = get(path);
        if (!answer.done()) {
            throw new Failure(Exit.REFUSED, answer.detail());
        }
        JsonNode list = entries.apply(answer.body());
        if (printing.json()) {
            printing.object(Map.of("entries", list));
            return Exit.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(fields.stream().map(field -> field.toUpperCase(Locale.ROOT)).toList());
        for (JsonNode entry : list) {
            rows.add(fields.stream()
                    .map(field -> entry.findPath(field).asString(""))
                    .toList());
        }
        printing.table(rows);
        return Exit.OK;
    }

    Answer post(String path, Map<String, String> body) throws Failure {
        return send("POST", path, body);
    }

    private Answer send(String method, String path, Map<String, String> body) throws Failure {
        URI address = address(path);
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Accept", "application/json, application/problem+json");
            connection.setRequestProperty("Authorization", "Bearer " + token());
            if (method.equals("POST")) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (var out = connection.getOutputStream()) {
                    out.write(Printing.JSON.writeValueAsBytes(body));
                }
            }
            return answer(connection);
        } catch (ConnectException e) {
            throw new Failure(Exit.UNAVAILABLE, silent(address) + "; is it running? ./doppelboden serve starts it.");
        } catch (IOException e) {
            throw new Failure(Exit.UNAVAILABLE, silent(address) + ": " + e.getMessage());
        }
    }

    private String silent(URI address) {
        return (remote() ? "The console" : "The gateway") + " does not answer on " + address.getRawAuthority();
    }

    private Answer answer(HttpURLConnection connection) throws IOException, Failure {
        int status = connection.getResponseCode();
        try (var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (status == 401 || status == 403) {
                throw new Failure(Exit.REFUSED, "The token is not accepted; --token-file names another.");
            }
            return new Answer(status, Printing.JSON.readTree(text.isBlank() ? "{}" : text));
        } catch (JacksonException e) {
            throw new Failure(Exit.UNAVAILABLE, "What answers on " + connection.getURL() + " is not Doppelboden.");
        } finally {
            connection.disconnect();
        }
    }

    private URI address(String path) throws Failure {
        URI remote = url;
        if (remote != null) {
            return URI.create(remote.toString().replaceAll("/+$", "") + "/api" + path);
        }
        return URI.create("http://" + installation.configuration().management() + path);
    }

    private String token() throws Failure {
        Path file = tokenFile;
        if (file == null) {
            if (remote()) {
                throw new Failure(Exit.USAGE, "A console elsewhere needs a token: --token-file FILE");
            }
            Configuration configuration = installation.configuration();
            file = configuration.keys().resolve("operator.token");
        }
        try {
            return DataFolder.readSecret(file);
        } catch (IOException e) {
            boolean there = Files.exists(file);
            throw new Failure(
                    Exit.UNAVAILABLE,
                    "The token " + file + (there ? " cannot be read" : " is not there")
                            + "; run this as the user that runs Doppelboden, after its first start.");
        }
    }
}
