package de.doppelboden.console;

import de.doppelboden.configuration.ConsoleSettings;
import de.doppelboden.configuration.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The console's listener for everybody but this machine: TLS 1.2 and 1.3, with a certificate and a key in files that are looked
 * at every few seconds, so that a new certificate needs no restart. Without a configured one there is none.
 */
@Component
final class TlsListener implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TlsListener.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final String CIPHERS = "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:"
            + "ECDHE+AESGCM:ECDHE+CHACHA20";

    private final ControlSettings settings;
    private final Rounds rounds = new Rounds();
    private @Nullable Http11NioProtocol protocol;
    private List<FileTime> seen = List.of();

    TlsListener(ControlSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        settings.tls().ifPresent(tls -> factory.addAdditionalConnectors(connector(tls)));
    }

    private Connector connector(ConsoleSettings.Tls tls) {
        Http11NioProtocol protocol = new Http11NioProtocol();
        this.protocol = protocol;
        Connector connector = new Connector(protocol);
        protocol.setAddress(tls.listen().socketAddress().getAddress());
        protocol.setPort(tls.listen().port());
        protocol.setMaxConnections(1024);
        protocol.setConnectionTimeout(10_000);
        protocol.setMaxHttpRequestHeaderSize(16 * 1024);
        protocol.setSSLEnabled(true);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setMaxPostSize(64 * 1024);
        connector.setMaxParameterCount(200);
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        host.setCiphers(CIPHERS);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(tls.files().certificate().toString());
        certificate.setCertificateKeyFile(tls.files().key().toString());
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return connector;
    }

    @Override
    public void start() {
        settings.tls().ifPresent(tls -> {
            seen = times(tls.files());
            rounds.start("certificate", LOOK, () -> look(tls.files()));
        });
    }

    private void look(TlsSettings files) {
        List<FileTime> now = times(files);
        if (!now.equals(seen) && renewed(files)) {
            seen = now;
        }
    }

    /** Only what can be used is handed on; else the last one stays. */
    private boolean renewed(TlsSettings files) {
        try {
            files.load();
            if (protocol != null) {
                protocol.reloadSslHostConfigs();
            }
            LOG.info("the certificate in {} is used from now on", files.certificate());
            return true;
        } catch (IOException | IllegalArgumentException unfit) {
            LOG.warn("the certificate stays as it was: {}", unfit.getMessage());
            return false;
        }
    }

    private static List<FileTime> times(TlsSettings files) {
        try {
            return List.of(Files.getLastModifiedTime(files.certificate()), Files.getLastModifiedTime(files.key()));
        } catch (IOException away) {
            return List.of();
        }
    }

    @Override
    public void stop() {
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.running();
    }
}
