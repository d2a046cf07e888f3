package de.doppelboden.register.replay;

import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The primary's interface for orders over HTTP. Blocks at most for the configured time; one thread. */
final class OrderInterface implements AutoCloseable {

    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final URI base;
    private final String token;
    private final Duration timeout;
    private final Optional<SSLContext> trust;
    private @Nullable HttpClient client;

    /** @param trust whose certificates are believed; none: those that the JDK believes */
    OrderInterface(URI base, String token, Duration timeout, Optional<SSLContext> trust) {
        this.base = base;
        this.token = token;
        this.timeout = timeout;
        this.trust = trust;
    }

    Answer post(String path, String idempotencyKey, String json) {
        return send(request(path)
                .header("Idempotency-Key", idempotencyKey)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                .build());
    }

    /** @param name of one thing below the path, as anybody may have written it */
    Answer get(String path, String name) {
        String segment = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return send(request(path + "/" + segment).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(timeout)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    /** The whole exchange is bounded, the body too: a primary that sends a byte a second must not hold the reconciler. */
    private Answer send(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> exchange =
                client().sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
        try {
            var response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            var type = response.headers().firstValue("Content-Type").orElse("");
            return Answer.of(response.statusCode(), type, response.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Answer.Lost("no answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Answer.Lost("interrupted while waiting for the answer");
        }
    }

    private static Answer failed(@Nullable Throwable cause) {
        var reason = cause == null ? "unknown" : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        boolean neverSent = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException;
        return neverSent ? new Answer.NotSent(reason) : new Answer.Lost(reason);
    }

    /** Made when it is first needed, which is on return: the gateway does not carry it all day. */
    private HttpClient client() {
        if (client != null) {
            return client;
        }
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        trust.ifPresent(builder::sslContext);
        client = builder.build();
        return client;
    }

    @Override
    public void close() {
        if (client != null) {
            client.shutdownNow();
            client = null;
        }
    }
}
