package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacesFilterTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void refusesWhoWaitsTooLong() throws Exception {
        var filter = new PlacesFilter(1, Duration.ofMillis(1));
        var refused = new Answer();
        filter.doFilter(request("/notbetrieb/"), new Answer().response(), (_, _) -> {
            filter.doFilter(request("/notbetrieb/suche"), refused.response(), (_, _) -> refused.reached.countDown());
        });

        assertThat(refused.status).isEqualTo(503);
        assertThat(refused.headers).containsEntry("Retry-After", "1");
        assertThat(refused.reached.getCount()).isOne();
    }

    @Test
    void letsNoMoreThanAFewInAtATime() throws Exception {
        var filter = new PlacesFilter(3, LONG);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        FilterChain page = (_, _) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield();
            inside.decrementAndGet();
        };
        var requests = new CompletableFuture<?>[200];
        for (int i = 0; i < requests.length; i++) {
            var done = new CompletableFuture<Integer>();
            requests[i] = done;
            Thread.ofVirtual().start(() -> {
                try {
                    var answer = new Answer();
                    filter.doFilter(request("/notbetrieb/suche"), answer.response(), page);
                    done.complete(answer.status);
                } catch (Exception e) {
                    done.completeExceptionally(e);
                }
            });
        }
        CompletableFuture.allOf(requests).join();

        assertThat(most.get()).isBetween(1, 3);
        assertThat(requests).allSatisfy(status -> assertThat(status.join()).isEqualTo(200));
    }

    @Test
    void givesThePlaceBackWhenAPageFails() throws Exception {
        var filter = new PlacesFilter(1, Duration.ofMillis(1));
        assertThatThrownBy(() -> filter.doFilter(request("/notbetrieb/"), new Answer().response(), (_, _) -> {
                    throw new ServletException("a fault of ours");
                }))
                .hasMessage("a fault of ours");
        var next = new Answer();
        filter.doFilter(request("/notbetrieb/"), next.response(), (_, _) -> next.reached.countDown());

        assertThat(next.reached.getCount()).isZero();
    }

    @Test
    void letsLogInsPass() throws Exception {
        var filter = new PlacesFilter(1, Duration.ofMillis(1));
        var logIn = new Answer();
        filter.doFilter(
                request("/notbetrieb/"),
                new Answer().response(),
                (_, _) -> filter.doFilter(
                        request("/notbetrieb/anmeldung"), logIn.response(), (_, _) -> logIn.reached.countDown()));

        assertThat(logIn.reached.getCount()).isZero();
    }

    private static HttpServletRequest request(String path) {
        Map<Object, Object> attributes = new HashMap<>();
        return stub(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getRequestURI" -> path;
            case "getDispatcherType" -> DispatcherType.REQUEST;
            case "getAttribute" -> attributes.get(arguments[0]);
            case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
            case "removeAttribute" -> attributes.remove(arguments[0]);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private static final class Answer {

        int status = 200;
        final Map<Object, Object> headers = new HashMap<>();
        final CountDownLatch reached = new CountDownLatch(1);

        HttpServletResponse response() {
            return stub(HttpServletResponse.class, (name, arguments) -> switch (name) {
                case "sendError" -> status = (int) arguments[0];
                case "setHeader" -> headers.put(arguments[0], arguments[1]);
                default -> throw new UnsupportedOperationException(name);
            });
        }
    }

    @FunctionalInterface
    private interface Does {
        Object what(String name, Object[] arguments);
    }

    private static <T> T stub(Class<T> type, Does does) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    Object result = does.what(method.getName(), arguments);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }
}
