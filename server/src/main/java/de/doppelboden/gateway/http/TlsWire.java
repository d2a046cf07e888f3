package de.doppelboden.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A TLS connection, 1.2 or 1.3. Towards users the handshake is made by the first who reads, within the time for a head. */
final class TlsWire implements Wire {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final SocketChannel channel;
    private final PlainWire plain;
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean inputEnded;

    private TlsWire(SocketChannel channel, SSLSocket socket) throws IOException {
        this.channel = channel;
        this.plain = new PlainWire(channel);
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Of a user who has connected. */
    static TlsWire ofUser(SocketChannel channel, SSLContext context) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(channel.socket(), null, true);
        strict(socket);
        return new TlsWire(channel, socket);
    }

    /** To a side, whose certificate must be for the host; returns after the handshake. */
    static TlsWire toSide(SocketChannel channel, SSLContext context, String host, int port) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(channel.socket(), host, port, true);
        strict(socket);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new TlsWire(channel, socket);
    }

    /** Forward secrecy and authenticated encryption only (BSI TR-02102-2). */
    private static void strict(SSLSocket socket) {
        socket.setEnabledProtocols(VERSIONS);
        socket.setEnabledCipherSuites(Arrays.stream(socket.getEnabledCipherSuites())
                .filter(suite -> suite.contains("_GCM_") || suite.contains("_CHACHA20_"))
                .filter(suite -> suite.startsWith("TLS_AES_")
                        || suite.startsWith("TLS_CHACHA20_")
                        || suite.startsWith("TLS_ECDHE_"))
                .toArray(String[]::new));
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            return in.read(bytes, from, length);
        } catch (IOException ended) {
            if (inputEnded) {
                return -1;
            }
            throw ended;
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
    }

    @Override
    public void endInput() {
        inputEnded = true;
        plain.endInput();
    }

    @Override
    public void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException gone) {
            close();
            return;
        }
        plain.endOutput();
    }

    /** What arrives on an idle connection is an alert, or something nobody asked for: either way it is not used again. */
    @Override
    public boolean quiet() {
        return plain.quiet();
    }

    @Override
    public boolean open() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        plain.close();
    }
}
