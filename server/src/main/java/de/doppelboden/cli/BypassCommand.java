package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.ServiceSettings;
import de.doppelboden.gateway.ListenerTls;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.net.ssl.HttpsURLConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;

/** How users reach the primary without us, and whether that works now. */
@Command(
        name = "bypass",
        description = "Tells how users reach the primary without us, and checks from here that it answers.",
        mixinStandardHelpOptions = true)
final class BypassCommand implements Callable<Integer> {

    private static final int WAIT_MILLIS = 5_000;

    @Mixin
    private Installation installation;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "SERVICE", description = "The service's id.")
    private String service;

    /** How the primary answered. */
    private record Answered(int status, long millis, String trouble) {

        boolean well() {
            return trouble.isEmpty() && (status < 400 || status == 401);
        }

        String sentence() {
            return trouble.isEmpty()
                    ? "answers " + status + " after " + millis + " ms"
                    : "does not answer (" + trouble + ")";
        }
    }

    @Override
    public Integer call() throws Failure {
        ServiceSettings settings = installation.service(service);
        URI asked = settings.primary().resolve(settings.health().orElse("/"));
        Answered answered = ask(asked, settings);
        boolean away = standbyServes(installation.configuration());
        if (printing.json()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("service", service);
            object.put("gateway", settings.listen().toString());
            object.put("primary", settings.primary().toString());
            object.put("answers", answered.well());
            object.put("status", answered.status());
            object.put("millis", answered.millis());
            object.put("trouble", answered.trouble());
            object.put("lastServing", away ? "STANDBY" : "PRIMARY");
            printing.object(object);
        } else {
            print(settings, asked, answered, away);
        }
        return answered.well() ? Exit.OK : Exit.UNAVAILABLE;
    }

    private void print(ServiceSettings settings, URI asked, Answered answered, boolean away) {
        printing.line("Users reach " + service + " by the gateway on " + settings.listen() + ".");
        printing.line("Without us they reach the primary on " + settings.primary() + ": " + asked + " "
                + answered.sentence() + ".");
        printing.line("Point the users' name (DNS, a TTL of 60 s) or the load balancer's pool from " + settings.listen()
                + " to " + settings.primary().getAuthority() + ".");
        if (settings.listen().port() != port(settings.primary())
                || settings.tls().isPresent() != settings.primary().getScheme().equals("https")) {
            printing.line(
                    "A name alone does not do it here: port or scheme differ, so users need a redirect, a port forward or"
                            + " another bookmark.");
        }
        printing.line("Bypassed users are not judged and nothing they do is journalled.");
        if (away) {
            printing.line(
                    "Careful: the standby served last. What was done there is not in the primary yet; bypass only if"
                            + " the primary is really back.");
        }
    }

    private static int port(URI primary) {
        boolean named = primary.getPort() > 0;
        return named ? primary.getPort() : primary.getScheme().equals("https") ? 443 : 80;
    }

    private static Answered ask(URI uri, ServiceSettings settings) {
        long begun = System.nanoTime();
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(
                        ListenerTls.trusting(settings.primaryAuthorities()).getSocketFactory());
            }
            connection.setConnectTimeout(WAIT_MILLIS);
            connection.setReadTimeout(WAIT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            int status = connection.getResponseCode();
            connection.disconnect();
            return new Answered(status, (System.nanoTime() - begun) / 1_000_000, "");
        } catch (IOException e) {
            return new Answered(0, (System.nanoTime() - begun) / 1_000_000, String.valueOf(e.getMessage()));
        }
    }

    /** By the gateway's own file, because the gateway may be what is broken. */
    private boolean standbyServes(Configuration configuration) {
        Path file = configuration.data().resolve("state/" + service + ".json");
        try {
            String state = Files.exists(file)
                    ? Printing.JSON
                            .readTree(Files.readString(file))
                            .path("state")
                            .asString("")
                    : "";
            return !state.isEmpty() && !state.equals("NORMAL") && !state.equals("EXERCISING");
        } catch (IOException | JacksonException e) {
            return false;
        }
    }
}
