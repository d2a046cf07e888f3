package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.required;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * Certificate and key of a listener.
 *
 * @param certificate PEM, the listener's own first, then those that signed it
 * @param key PEM, PKCS#8
 */
public record TlsSettings(Path certificate, Path key) {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final byte[] SAMPLE = "Doppelboden".getBytes(StandardCharsets.US_ASCII);

    /** What the files hold. */
    public record Credentials(List<X509Certificate> chain, PrivateKey key) {}

    static TlsSettings read(Section in) {
        TlsSettings settings = new TlsSettings(
                in.path(required("certificate-file", "Certificate and those that signed it, PEM, its own first")),
                in.secretFile(required("key-file", "Its private key, PEM (PKCS#8)")));
        if (!in.describing() && in.has("certificate-file") && in.has("key-file")) {
            try {
                settings.load();
            } catch (IOException wrong) {
                in.refuse("certificate-file", String.valueOf(wrong.getMessage()));
            }
        }
        return settings;
    }

    /** Reads both, and makes sure that they belong together. */
    public Credentials load() throws IOException {
        List<X509Certificate> chain = certificates(certificate);
        PrivateKey secret = secret(chain.getFirst().getPublicKey().getAlgorithm());
        if (!belong(chain.getFirst(), secret)) {
            throw new IOException("the key in " + key + " does not belong to the certificate in " + certificate);
        }
        return new Credentials(chain, secret);
    }

    /** All certificates in a file in PEM, at least one. */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(read(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) {
                throw new IOException("there is no certificate in " + file);
            }
            return chain;
        } catch (CertificateException wrong) {
            throw new IOException(file + " is no certificate in PEM: " + wrong.getMessage(), wrong);
        }
    }

    private PrivateKey secret(String algorithm) throws IOException {
        String pem = new String(read(key), StandardCharsets.US_ASCII);
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(key + " is no private key as PKCS#8 in PEM without a password; openssl pkcs8 -topk8"
                    + " -nocrypt makes one of others");
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (InvalidKeySpecException other) {
            throw new IOException("the key in " + key + " does not belong to the certificate in " + certificate, other);
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw new IOException(key + " cannot be read as a private key: " + wrong.getMessage(), wrong);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException gone) {
            throw new IOException(file + " is not there", gone);
        }
    }

    private static boolean belong(X509Certificate certificate, PrivateKey key) throws IOException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException unfit) {
            throw new IOException(
                    "a key of the kind " + key.getAlgorithm() + " cannot be used: " + unfit.getMessage(), unfit);
        }
    }
}
