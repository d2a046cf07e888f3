package de.doppelboden.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A user who sends bytes as she likes. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** @param socket connected, plainly or by TLS */
    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
    }

    /** What comes back for these bytes until the server closes. */
    static String exchange(int port, String bytes) throws IOException {
        try (var client = new RawClient(port)) {
            client.send(bytes);
            return client.readToEnd();
        }
    }

    void send(String bytes) throws IOException {
        send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    Socket socket() {
        return socket;
    }

    String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads until the text has come. */
    String readUntil(String text) throws IOException {
        var read = new ByteArrayOutputStream();
        while (true) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended before <" + text + ">: " + read.toString(StandardCharsets.ISO_8859_1));
            }
            read.write(next);
            String soFar = read.toString(StandardCharsets.ISO_8859_1);
            if (soFar.endsWith(text)) {
                return soFar;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
