package de.doppelboden.gateway;

import de.doppelboden.configuration.ProxySettings;
import de.doppelboden.gateway.http.Door;
import de.doppelboden.gateway.http.Headers;
import java.net.InetAddress;

/** Believes the configured proxies, and nobody else, about whom they come for. */
public record TrustedProxies(ProxySettings settings) implements Door.Origins {

    @Override
    public boolean trusts(InetAddress peer) {
        return settings.trusts(peer);
    }

    @Override
    public Door.Origin of(InetAddress peer, boolean tls, Headers headers) {
        var origin = settings.origin(peer, tls, headers::all);
        return new Door.Origin(origin.user(), origin.secure());
    }
}
