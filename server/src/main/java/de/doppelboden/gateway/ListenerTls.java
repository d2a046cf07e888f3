package de.doppelboden.gateway;

import de.doppelboden.configuration.TlsSettings;
import de.doppelboden.gateway.wire.UserTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of a listener: of a certificate and its key in files, which are looked at again every two seconds when somebody
 * connects, so that a new certificate needs no restart. What cannot be used is said in the log, and the last one stays. Any
 * thread.
 */
public final class ListenerTls implements Supplier<UserTls> {

    private static final Logger log = LoggerFactory.getLogger(ListenerTls.class);
    private static final long LOOK_NANOS = 2_000_000_000L;

    private final TlsSettings files;
    private final LongSupplier nanos;
    private volatile Loaded loaded;
    private Optional<UserTls> retired = Optional.empty();
    private List<FileTime> seen;
    private volatile long looked;

    private ListenerTls(TlsSettings files, LongSupplier nanos) throws IOException {
        this.files = files;
        this.nanos = nanos;
        this.seen = times();
        this.loaded = Loaded.of(files.load());
        this.looked = nanos.getAsLong();
    }

    /**
     * What is in use.
     *
     * @param expires when the first of the certificates that are shown is valid no more
     */
    private record Loaded(UserTls tls, Instant expires) {

        static Loaded of(TlsSettings.Credentials credentials) throws IOException {
            Instant first = credentials.chain().stream()
                    .map(certificate -> certificate.getNotAfter().toInstant())
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            return new Loaded(ListenerTls.of(credentials), first);
        }
    }

    /** Reads the files now, if the service has TLS. */
    public static Optional<ListenerTls> of(Optional<TlsSettings> files, LongSupplier nanos) throws IOException {
        return files.isPresent() ? Optional.of(new ListenerTls(files.get(), nanos)) : Optional.empty();
    }

    @Override
    public UserTls get() {
        lookAgain();
        return loaded.tls();
    }

    /** When users are warned of what they are shown, because it is valid no more. */
    public Instant expires() {
        lookAgain();
        return loaded.expires();
    }

    private void lookAgain() {
        if (nanos.getAsLong() - looked > LOOK_NANOS) {
            look();
        }
    }

    private synchronized void look() {
        looked = nanos.getAsLong();
        try {
            List<FileTime> now = times();
            if (!now.equals(seen)) {
                var last = loaded.tls();
                loaded = Loaded.of(files.load());
                retired.ifPresent(UserTls::close); // the last one may just be in somebody's hands
                retired = Optional.of(last);
                seen = now;
                log.info("the certificate in {} is used from now on", files.certificate());
            }
        } catch (IOException unfit) {
            log.warn("the certificate stays as it was: {}", unfit.getMessage());
        }
    }

    private List<FileTime> times() throws IOException {
        return List.of(Files.getLastModifiedTime(files.certificate()), Files.getLastModifiedTime(files.key()));
    }

    private static UserTls of(TlsSettings.Credentials credentials) throws IOException {
        return UserTls.of(credentials.key(), credentials.chain());
    }

    /** Whose certificates are believed of a primary: those in the file, or whom the JDK believes. */
    public static SSLContext trusting(Optional<Path> authorities) throws IOException {
        try {
            if (authorities.isEmpty()) {
                return SSLContext.getDefault();
            }
            KeyStore trusted = emptyStore();
            int number = 0;
            for (X509Certificate authority : TlsSettings.certificates(authorities.get())) {
                trusted.setCertificateEntry("authority-" + number++, authority);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unfit) {
            throw new IOException("TLS cannot be set up: " + unfit.getMessage(), unfit);
        }
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
