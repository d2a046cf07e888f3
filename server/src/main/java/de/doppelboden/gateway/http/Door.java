package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.PlainWire;
import de.doppelboden.gateway.wire.UserTls;
import de.doppelboden.gateway.wire.Wire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where users come in, and what is believed of what they say about themselves.
 *
 * @param tls asked for each connection, so that a new certificate is used without a restart; none: plain HTTP
 */
public record Door(InetSocketAddress address, Optional<? extends Supplier<UserTls>> tls, Origins origins) {

    /** Who a request is from, and whether she came by TLS. */
    public record Origin(InetAddress user, boolean secure) {}

    /** Knows the proxies in front of us. */
    public interface Origins {

        /** Whether many users come from this address. */
        boolean trusts(InetAddress peer);

        Origin of(InetAddress peer, boolean tls, Headers headers);
    }

    /** Nobody is in front of us: whoever is connected is the user. */
    public static final Origins DIRECT = new Origins() {
        @Override
        public boolean trusts(InetAddress peer) {
            return false;
        }

        @Override
        public Origin of(InetAddress peer, boolean tls, Headers headers) {
            return new Origin(peer, tls);
        }
    };

    /** Plain HTTP, with nobody in front of us. */
    public static Door plain(InetSocketAddress address) {
        return new Door(address, Optional.empty(), DIRECT);
    }

    Wire wire(SocketChannel channel) {
        return tls.isPresent() ? tls.get().get().wire(channel) : new PlainWire(channel);
    }
}
