package de.doppelboden.webapp.gate;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/** A side that answers each request with its name, and each message of a WebSocket (RFC 6455) with its name before it. */
final class WebSocketSide implements AutoCloseable {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?im)^sec-websocket-key: *(\\S+)");
    private static final int TEXT = 0x81;
    private static final int END = 0x88;

    private final String name;
    private final ServerSocket listener;

    /** Answers requests with 500; a WebSocket goes on. */
    volatile boolean failing;

    WebSocketSide(String name) throws IOException {
        this.name = name;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test has ended
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            var out = socket.getOutputStream();
            while (true) {
                String head = head(in);
                var key = KEY.matcher(head);
                if (key.find()) {
                    talk(key.group(1), in, out);
                    return;
                }
                String status = failing ? "500 Internal Server Error" : "200 OK";
                out.write(("HTTP/1.1 " + status + "\r\nContent-Length: " + name.length() + "\r\n\r\n" + name)
                        .getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException ended) {
            // whoever asked has gone
        }
    }

    private static String head(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void talk(String key, DataInputStream in, OutputStream out) throws IOException {
        out.write(
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                + accepted(key) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        for (int kind = in.readUnsignedByte(); kind == TEXT; kind = in.readUnsignedByte()) {
            byte[] answer = (name + ": " + message(in)).getBytes(StandardCharsets.UTF_8);
            out.write(new byte[] {(byte) TEXT, (byte) answer.length});
            out.write(answer);
        }
        out.write(new byte[] {(byte) END, 0});
    }

    /** A short one, masked as a user's messages are (section 5.3). */
    private static String message(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() & 0x7f;
        byte[] mask = in.readNBytes(4);
        byte[] text = in.readNBytes(length);
        for (int i = 0; i < text.length; i++) {
            text[i] ^= mask[i % 4];
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static String accepted(String key) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
