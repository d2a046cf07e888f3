package de.doppelboden.city;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Ports on which nothing listens now. */
public final class FreePorts {

    private static final int CANDIDATES = 20;

    /** Below those that the system gives to connections: one of these may be taken between our look and the listener's start. */
    private static final int FIRST = 15_000;

    private static final int RANGE = 17_000;

    /** Another process begins elsewhere, and none is given twice by the same. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % RANGE));

    private FreePorts() {}

    /** The first of so many in a row. */
    public static int row(int count) throws IOException {
        for (int first : some(CANDIDATES)) {
            if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
                return first;
            }
        }
        throw new IOException("no " + count + " free ports in a row");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** So many different ones. */
    public static List<Integer> some(int count) throws IOException {
        var held = new ArrayList<ServerSocket>();
        try {
            for (int tries = 0; held.size() < count; tries++) {
                if (tries == RANGE) {
                    throw new IOException("no " + count + " free ports");
                }
                held(FIRST + Math.floorMod(NEXT.getAndIncrement(), RANGE)).ifPresent(held::add);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private static Optional<ServerSocket> held(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException taken) {
            return Optional.empty();
        }
    }
}
