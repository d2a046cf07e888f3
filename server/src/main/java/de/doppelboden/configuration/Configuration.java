package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.withDefault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * All that this installation is told. Relative paths are meant from the folder of the configuration file.
 *
 * @param file where it was read
 * @param data the folder with the embedded database, keys, evidence log, last states and logs
 */
public record Configuration(
        Path file,
        Path data,
        DatabaseSettings database,
        ConsoleSettings console,
        Address management,
        ProxySettings proxies,
        GatewaySettings gateway,
        ProcessSettings processes,
        List<ServiceSettings> services) {

    private static final String ROOT = "doppelboden";
    private static final int FILE_LIMIT_BYTES = 1 << 20;

    /** What reading a file came to. */
    public sealed interface Loaded {}

    /** The whole file is right. */
    public record Valid(Configuration configuration) implements Loaded {}

    /** All that is wrong, in the order of the file. */
    public record Invalid(List<Problem> problems) implements Loaded {}

    /**
     * Reads and checks a file.
     *
     * @param variables the environment, for overrides
     */
    public static Loaded load(Path file, Map<String, String> variables) {
        Reading reading = Reading.of(file, variables);
        Optional<Node> document = document(file, reading);
        Optional<Configuration> configuration =
                reading.problems.isEmpty() ? Optional.of(read(reading, file, document.orElse(null))) : Optional.empty();
        if (configuration.isEmpty() || !reading.problems.isEmpty()) {
            return new Invalid(List.copyOf(reading.problems));
        }
        return new Valid(configuration.get());
    }

    /** Every key there is, for the manual and for {@code check-config}. */
    public static List<KeyReference> reference() {
        Reading reading = Reading.describing();
        read(reading, Path.of("/"), null);
        return List.copyOf(reading.keys);
    }

    public Optional<ServiceSettings> service(String id) {
        return services.stream().filter(service -> service.id().equals(id)).findFirst();
    }

    /** Certificates and keys of all listeners. */
    public List<TlsSettings> tls() {
        return Stream.concat(
                        console.tls().map(ConsoleSettings.Tls::files).stream(),
                        services.stream().flatMap(service -> service.tls().stream()))
                .toList();
    }

    /** Where keys and passwords lie. */
    public Path keys() {
        return data.resolve("keys");
    }

    private static Optional<Node> document(Path file, Reading reading) {
        try {
            if (Files.size(file) > FILE_LIMIT_BYTES) {
                reading.problem(null, "", "is larger than " + new DataSize(FILE_LIMIT_BYTES));
                return Optional.empty();
            }
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setMaxAliasesForCollections(20)
                    .build();
            return new Compose(settings).composeString(Files.readString(file));
        } catch (IOException e) {
            reading.problem(null, "", "cannot be read: " + e.getMessage());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            reading.problems.add(new Problem(file.toString(), line, "", "is no YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            reading.problem(null, "", "is no YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Configuration read(Reading reading, Path file, @Nullable Node document) {
        return new Section(reading, "", document)
                .read(top -> top.section(ROOT, "The root of all keys", section -> read(section, file)));
    }

    private static Configuration read(Section in, Path file) {
        Path data = in.path(withDefault(
                "data", "./data", "Folder for the embedded database, keys, evidence log, last states and logs"));
        DatabaseSettings database = in.sectionOrValue("database", "url", "The one database", DatabaseSettings::read);
        ConsoleSettings console = in.section("console", "Pages and REST of the control process", ConsoleSettings::read);
        Address management = in.section(
                "management",
                "Health, metrics and orders, answered by the gateway",
                s -> s.address(
                        withDefault("listen", "127.0.0.1:9090", "Where they are answered; keep it on loopback")));
        ProxySettings proxies =
                in.section("proxies", "Load balancers and proxies in front of all listeners", ProxySettings::read);
        GatewaySettings gateway = in.section("gateway", "Limits of all listeners", GatewaySettings::read);
        ProcessSettings processes = in.section("processes", "How the supervisor runs them", ProcessSettings::read);
        List<ServiceSettings> services = in.list("services", "What people depend on", ServiceSettings::read);
        checkUnique(in, services);
        in.checkVariables(ROOT);
        return new Configuration(file, data, database, console, management, proxies, gateway, processes, services);
    }

    private static void checkUnique(Section in, List<ServiceSettings> services) {
        Set<String> ids = new HashSet<>();
        Set<String> listeners = new HashSet<>();
        for (ServiceSettings service : services) {
            if (!ids.add(service.id()) && !service.id().isEmpty()) {
                in.refuse("services", "two services have the id " + service.id());
            }
            if (service.listen().port() != 0 && !listeners.add(service.listen().toString())) {
                in.refuse("services", "two services listen on " + service.listen());
            }
        }
    }
}
