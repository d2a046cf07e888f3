package de.doppelboden.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A back end that costs next to nothing: answers every request with the same page of one kilobyte. */
final class PlainServer implements AutoCloseable {

    private static final int BACKLOG = 512;
    private static final String PAGE = """
            <!doctype html><html lang="de"><head><meta name="register-page" content="suche"><title>Suche</title></head><body>
            <p>%s</p></body></html>
            """.formatted("Niemand. ".repeat(98));
    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + PAGE.length()
                            + "\r\n\r\n" + PAGE)
                    .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener;

    PlainServer() throws IOException {
        listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // Closed, or the caller is gone before it was there.
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            socket.setTcpNoDelay(true);
            while (head(in)) {
                out.write(ANSWER);
            }
        } catch (IOException e) {
            // The caller is gone.
        }
    }

    /** Reads until the empty line; requests here have no body. */
    static boolean head(InputStream in) throws IOException {
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
