package de.doppelboden.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Users who have asked once and stay connected, from many addresses. */
final class IdleConnections implements AutoCloseable {

    private static final int FROM_ONE_ADDRESS = 100;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] REQUEST =
            "GET /1k HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final List<Socket> open = new ArrayList<>();

    IdleConnections(int count, int port, boolean tls) throws IOException, GeneralSecurityException {
        SSLContext context = trusting();
        for (int i = 0; i < count; i++) {
            Socket plain = new Socket();
            open.add(plain);
            int address = i / FROM_ONE_ADDRESS;
            plain.bind(new InetSocketAddress("127.1." + address / 200 + "." + (1 + address % 200), 0));
            plain.setSoTimeout(PATIENCE_MILLIS);
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            ask(tls ? secure(context, plain, port) : plain);
        }
    }

    private static Socket secure(SSLContext context, Socket plain, int port) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
        secure.startHandshake();
        return secure;
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST);
        InputStream in = socket.getInputStream();
        byte[] some = new byte[4096];
        int count = 0;
        while (count < 1024) {
            int got = in.read(some, count, some.length - count);
            if (got < 0) {
                throw new IOException("the connection was closed within an answer");
            }
            count += got;
        }
        String answer = new String(some, 0, count, StandardCharsets.ISO_8859_1);
        if (!answer.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered with " + answer.lines().findFirst().orElse("nothing"));
        }
    }

    /** Whoever it is: what is measured has a certificate of its own. */
    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
        return context;
    }

    private static final class Everybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // nobody shows one
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // the bench made it a moment ago
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }
}
