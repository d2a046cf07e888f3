package de.doppelboden.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether a process runs, ours or not. One that has ended and whose status nobody has asked for (a zombie) does not: an orphan's
 * status is for the first process of the machine to ask for, which in a container often does not, or late.
 */
public final class Running {

    private static final long LOOK_MILLIS = 100;

    private Running() {}

    public static boolean is(ProcessHandle process) {
        return process.isAlive() && !isZombie(process);
    }

    /** Waits for its end, at most the given time; true when it has ended. */
    public static boolean awaitEnd(ProcessHandle process, long millis) throws InterruptedException {
        for (long left = millis; left > 0; left -= LOOK_MILLIS) {
            try {
                process.onExit().get(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                if (!is(process)) {
                    return true;
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("waiting for process " + process.pid(), e);
            }
        }
        return !is(process);
    }

    /** By proc(5): the state follows the name, which is in brackets and may hold anything. */
    private static boolean isZombie(ProcessHandle process) {
        Path stat = Path.of("/proc", String.valueOf(process.pid()), "stat");
        try {
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            int state = line.lastIndexOf(')') + 2;
            return state < line.length() && (line.charAt(state) == 'Z' || line.charAt(state) == 'X');
        } catch (IOException elsewhere) {
            return false; // another system, or gone just now
        }
    }
}
