package de.doppelboden.city;

import de.doppelboden.city.fault.Fault;
import de.doppelboden.cli.Exit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code city fault KIND}: does what the fault page of the model city does. */
@Command(
        name = "fault",
        mixinStandardHelpOptions = true,
        description = {
            "Breaks or repairs the storage under the register of the running model city.",
            "ok    nothing is wrong",
            "limp  a twentieth of the capacity is left; a single request is quick, the queue grows, health stays green",
            "hang  accepts and never answers",
            "fail  answers at once with an error",
            "lie   answers 200 with an error page",
            "dead  refuses connections",
            "cold  back with empty caches, slow at first"
        })
final class FaultCommand implements Callable<Integer> {

    private static final Duration MOST = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "KIND", arity = "0..1", description = "The fault; without it, what is the matter now.")
    private @Nullable String kind;

    @Option(
            names = "--url",
            description = "The fault page (default: ${DEFAULT-VALUE}).",
            defaultValue = "http://127.0.0.1:18080")
    private URI url = URI.create("http://127.0.0.1:18080");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(MOST).header("Accept", "application/json");
        if (kind == null) {
            request.uri(url.resolve("/status"));
        } else {
            Optional<Fault> fault = Fault.named(kind);
            if (fault.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no fault " + kind + "; there are ok, limp, hang, fail, lie, dead, cold.");
            }
            request.uri(url.resolve("/fault"))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "kind=" + fault.get().word()));
        }
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(MOST).build()) {
            String answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            spec.commandLine()
                    .getOut()
                    .println(
                            json
                                    ? answer
                                    : "The storage of the model city: "
                                            + answer.replaceAll("[{}\"]", "").replace(",", ", "));
            return Exit.OK;
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("The model city does not answer on " + url + "; ./doppelboden starts it.");
            return Exit.UNAVAILABLE;
        }
    }
}
