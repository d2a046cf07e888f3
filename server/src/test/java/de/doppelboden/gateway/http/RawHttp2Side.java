package de.doppelboden.gateway.http;

import de.doppelboden.configuration.TlsSettings;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A side by HTTP/2 that writes frames by hand (RFC 9113 section 4.1); what a request says is not looked at. */
final class RawHttp2Side implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GO_AWAY = 7;
    private static final int PREFACE = 24;

    /** What happens when the head of a request has come. */
    interface Behaviour {
        void asked(OutputStream out, int connection, int stream) throws IOException;
    }

    private final SSLServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();

    RawHttp2Side(TlsSettings files, Behaviour behaviour) throws Exception {
        listener = (SSLServerSocket)
                context(files).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    var socket = (SSLSocket) listener.accept();
                    int number = connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> serve(socket, number, behaviour));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static SSLContext context(TlsSettings files) throws Exception {
        var credentials = files.load();
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "side", credentials.key(), new char[0], credentials.chain().toArray(Certificate[]::new));
        var keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void serve(SSLSocket socket, int number, Behaviour behaviour) {
        try (socket) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            var in = new DataInputStream(socket.getInputStream());
            in.readFully(new byte[PREFACE]);
            frame(socket.getOutputStream(), SETTINGS, 0, 0);
            while (true) {
                int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
                int type = in.readUnsignedByte();
                in.readUnsignedByte();
                int stream = in.readInt();
                in.readFully(new byte[length]);
                if (type == HEADERS) {
                    behaviour.asked(socket.getOutputStream(), number, stream);
                }
            }
        } catch (IOException gone) {
            // the connection has ended, as it is to
        }
    }

    static void frame(OutputStream out, int type, int flags, int stream, int... payload) throws IOException {
        var frame = new byte[9 + payload.length];
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        frame[8] = (byte) stream;
        for (int i = 0; i < payload.length; i++) {
            frame[9 + i] = (byte) payload[i];
        }
        out.write(frame);
        out.flush();
    }

    /** 204 without a body: one indexed field (RFC 7541 section 6.1), and both flags that end. */
    static void noContent(OutputStream out, int stream) throws IOException {
        frame(out, HEADERS, 5, stream, 0x89);
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
