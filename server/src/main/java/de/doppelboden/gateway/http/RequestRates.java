package de.doppelboden.gateway.http;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the requests of a client who sends more than his share in each second (429, RFC 6585 section 4), before anybody is asked:
 * a program that runs wild must cost the others nothing. By the generic cell rate algorithm (ITU-T I.371): of a client only the
 * instant is kept at which all that he has sent is paid for. Two seconds' share may come at once. Any thread.
 */
final class RequestRates implements Handler {

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long AT_ONCE_NANOS = 2 * SECOND_NANOS;
    private static final int CLIENTS_AT_MOST = 100_000;

    private final Handler handler;
    private final long costNanos;
    private final LongSupplier nanos;
    private final Map<InetAddress, AtomicLong> paid = new ConcurrentHashMap<>();
    private final AtomicLong swept;
    private final LongAdder refused = new LongAdder();

    /** @param perSecond requests of one client, at least one */
    RequestRates(Handler handler, int perSecond, LongSupplier nanos) {
        this.handler = handler;
        this.costNanos = SECOND_NANOS / perSecond;
        this.nanos = nanos;
        this.swept = new AtomicLong(nanos.getAsLong());
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        if (admits(exchange.user())) {
            handler.handle(exchange);
            return;
        }
        refused.increment();
        exchange.reply(refusal(429, "this address sends more requests a second than it may", exchange.request()));
    }

    @Override
    public Reply refusal(int status, String detail, @Nullable RequestHead head) {
        return handler.refusal(status, detail, head);
    }

    long refused() {
        return refused.sum();
    }

    boolean admits(InetAddress client) {
        long now = nanos.getAsLong();
        sweep(now);
        var network = network(client);
        var known = paid.get(network);
        if (known == null && paid.size() >= CLIENTS_AT_MOST) {
            return true; // of so many, a new one is not the one who sends too much
        }
        var until = known == null ? paid.computeIfAbsent(network, one -> new AtomicLong(now)) : known;
        while (true) {
            long before = until.get();
            long after = Math.max(before - now, 0) + costNanos;
            if (after > AT_ONCE_NANOS) {
                return false;
            }
            if (until.compareAndSet(before, now + after)) {
                return true;
            }
        }
    }

    /** Who has paid for all is as one who never came. */
    private void sweep(long now) {
        long before = swept.get();
        if (now - before > AT_ONCE_NANOS && swept.compareAndSet(before, now)) {
            paid.values().removeIf(until -> until.get() - now <= 0);
        }
    }

    /** Clients that are remembered. */
    int clients() {
        return paid.size();
    }

    /** Of IPv6 one client has a whole network (RFC 6177). */
    private static InetAddress network(InetAddress client) {
        if (!(client instanceof Inet6Address)) {
            return client;
        }
        byte[] bytes = client.getAddress();
        Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
