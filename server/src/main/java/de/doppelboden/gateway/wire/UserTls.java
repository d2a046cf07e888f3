package de.doppelboden.gateway.wire;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS by which users are spoken to: with a key and the certificates for it. OpenSSL's engine (BoringSSL by netty-tcnative) where
 * its library fits the machine, a handshake there costs a tenth; else the JDK's. A user who ends her direction of OpenSSL's ends both.
 * Any thread.
 */
public final class UserTls implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UserTls.class);

    static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private static final List<String> OFFERED = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    private static final ByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true, true);

    private final SslContext context;

    private UserTls(SslContext context) {
        this.context = context;
    }

    /**
     * With the faster engine that there is.
     *
     * @param chain the key's own certificate first
     */
    public static UserTls of(PrivateKey key, List<X509Certificate> chain) throws IOException {
        if (OpenSsl.isAvailable()) {
            log.info("users' TLS is {}'s", OpenSsl.versionString());
            return of(SslProvider.OPENSSL_REFCNT, key, chain);
        }
        log.info("users' TLS is the JDK's: {}", String.valueOf(OpenSsl.unavailabilityCause()));
        return of(SslProvider.JDK, key, chain);
    }

    public static UserTls of(SslProvider engine, PrivateKey key, List<X509Certificate> chain) throws IOException {
        var context = SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
                .sslProvider(engine)
                .protocols(VERSIONS)
                .ciphers(OFFERED)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        TlsWire.HTTP2,
                        TlsWire.HTTP1))
                .build();
        if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
            sessions.setTicketKeys(); // none: BoringSSL makes and changes them by itself, and who comes back is known
            // by 1.2 as well
        }
        return new UserTls(context);
    }

    /** Forward secrecy and authenticated encryption only (BSI TR-02102-2): of these suites those that we offer. */
    static String[] strict(String[] supported) {
        return Arrays.stream(supported).filter(OFFERED::contains).toArray(String[]::new);
    }

    public Wire wire(SocketChannel channel) {
        return new TlsWire(channel, context.newEngine(MEMORY));
    }

    /** For new connections no more; those that there are go on. */
    @Override
    public void close() {
        ReferenceCountUtil.safeRelease(context);
    }
}
