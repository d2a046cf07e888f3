package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The description of the REST interface is kept with the sources and says what the code does. */
class OpenApiTest {

    private static final Path KEPT = Path.of("src/main/resources/static/api/openapi.json");

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle");

    @TempDir
    static Path data;

    @Import({SpringDocConfiguration.class, SpringDocConfigProperties.class, SpringDocWebMvcConfiguration.class})
    static class Described {
        static {
            SpringDocUtils.getConfig().addAnnotationsToIgnore(AuthenticationPrincipal.class);
        }
    }

    @Test
    void theKeptDescriptionIsWhatTheCodeDoes() throws Exception {
        Files.createDirectories(data.resolve("keys"));
        Files.writeString(data.resolve("keys/operator.token"), RunningConsole.OPERATOR_TOKEN);
        ControlSettings settings = new ControlSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                data,
                DATABASE.database(),
                URI.create("http://127.0.0.1:9"),
                false,
                Duration.ofHours(12),
                List.of());
        String described;
        try (ControlProcess control = ControlProcess.start(settings, ConsoleConfiguration.class, Described.class);
                HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + control.address().getPort() + "/v3/api-docs"))
                    .header("Authorization", "Bearer " + RunningConsole.OPERATOR_TOKEN);
            described =
                    normal(client.send(request.build(), BodyHandlers.ofString()).body());
        }
        Files.writeString(Path.of("target/openapi.json"), described);

        assertThat(described).contains("/api/services/{id}", "/api/evidence");
        assertThat(KEPT)
                .as("the interface has changed: if that is meant, cp server/target/openapi.json server/%s", KEPT)
                .hasContent(described);
    }

    private static String normal(String json) {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode tree = (ObjectNode) mapper.readTree(json);
        tree.remove("servers");
        tree.putObject("info")
                .put("title", "Doppelboden")
                .put("version", "1")
                .put("description", "Errors are problem+json (RFC 9457). Log in by session cookie or operator token.");
        ObjectNode paths = (ObjectNode) tree.path("paths");
        List.copyOf(paths.propertyNames()).stream()
                .filter(path -> !path.startsWith("/api/") || path.equals("/api/openapi.json"))
                .forEach(paths::remove);
        ObjectNode problem = ((ObjectNode) tree.path("components").path("schemas"))
                .putObject("ProblemDetail")
                .put("type", "object")
                .putObject("properties");
        for (String field : List.of("type", "title", "detail", "instance")) {
            problem.putObject(field).put("type", "string");
        }
        problem.putObject("status").put("type", "integer").put("format", "int32");
        paths.forEach(path -> path.forEach(OpenApiTest::withProblems));
        return mapper.writeValueAsString(sorted(tree, mapper)).replace("\"*/*\"", "\"application/json\"") + "\n";
    }

    /** Each operation may answer with a problem; RestTest has them one by one. */
    private static void withProblems(JsonNode operation) {
        ObjectNode responses = (ObjectNode) operation.path("responses");
        responses
                .putObject("default")
                .put("description", "what is wrong, in a sentence")
                .putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/ProblemDetail");
    }

    private static JsonNode sorted(JsonNode node, JsonMapper mapper) {
        if (node.isArray()) {
            ArrayNode all = mapper.createArrayNode();
            node.forEach(element -> all.add(sorted(element, mapper)));
            return all;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode all = mapper.createObjectNode();
        node.propertyNames().stream().sorted().forEach(name -> all.set(name, sorted(node.path(name), mapper)));
        return all;
    }
}
