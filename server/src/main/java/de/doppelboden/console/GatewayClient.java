package de.doppelboden.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the gateway on its management address and hands orders to it. Waits two seconds at most; any thread. */
@Component
final class GatewayClient {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration ORDER_PATIENCE = Duration.ofSeconds(10);

    private final JsonMapper json = JsonMapper.builder().build();
    private final URI management;
    private final Path token;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(500))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    GatewayClient(ControlSettings settings) {
        this.management = settings.management();
        this.token = settings.data().resolve("keys/operator.token");
    }

    /** An order's answer. */
    sealed interface Answer {

        /** Done; the sentence says what. */
        record Done(String action, String reason) implements Answer {}

        /** Refused; the sentence says why. */
        record Refused(String reason) implements Answer {}

        /** There was no answer: it may have been done all the same. */
        record Silent(String why) implements Answer {}
    }

    /** @throws IOException if the gateway does not answer, or not with JSON */
    JsonNode get(String path) throws IOException {
        HttpResponse<String> answer = send(request(path, PATIENCE).GET().build());
        if (answer.statusCode() != 200) {
            throw new IOException("the gateway answers " + answer.statusCode() + " to " + path);
        }
        return parsed(answer.body());
    }

    Answer order(String service, String order, Map<String, String> fields) {
        try {
            HttpRequest request = request("/services/" + service + "/" + order, ORDER_PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json.writeValueAsString(fields)))
                    .build();
            HttpResponse<String> answer = send(request);
            JsonNode body = parsed(answer.body());
            if (answer.statusCode() / 100 == 2
                    && body.path("action").asString("").equals("REFUSE")) {
                return new Answer.Refused(body.path("reason").asString(""));
            }
            if (answer.statusCode() / 100 == 2) {
                return new Answer.Done(
                        body.path("action").asString(""), body.path("reason").asString(""));
            }
            String reason = body.path("detail").asString(body.path("title").asString(""));
            return new Answer.Refused(reason.isEmpty() ? "the gateway answers " + answer.statusCode() : reason);
        } catch (IOException e) {
            return new Answer.Silent(String.valueOf(e.getMessage()));
        }
    }

    private HttpRequest.Builder request(String path, Duration patience) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(management.resolve(path)).timeout(patience);
        if (Files.exists(token)) {
            request.header("Authorization", "Bearer " + Files.readString(token).strip());
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the gateway", e);
        }
    }

    private JsonNode parsed(String body) throws IOException {
        try {
            return json.readTree(body.isBlank() ? "{}" : body);
        } catch (JacksonException e) {
            throw new IOException("the gateway's answer is no JSON", e);
        }
    }
}
