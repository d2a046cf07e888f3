package de.doppelboden.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What the system counts of a process (proc(5)). */
final class ProcessFigures {

    /** The kernel's unit of processor time for programs is always a hundredth of a second on Linux. */
    private static final double TICKS_PER_SECOND = 100;

    private ProcessFigures() {}

    /** Memory that is resident now, in MB of 1,048,576 bytes. */
    static double residentMegabytes(ProcessHandle process) throws IOException {
        return residentKb(Files.readString(proc(process, "status"))) / 1024.0;
    }

    static long residentKb(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no VmRSS in " + status));
    }

    /** Processor time that a process and those that it started have taken, in seconds. */
    static double processorSeconds(ProcessHandle process) throws IOException {
        double seconds = 0;
        for (ProcessHandle each :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            seconds += ticks(Files.readString(proc(each, "stat"))) / TICKS_PER_SECOND;
        }
        return seconds;
    }

    /** The fields utime and stime; the name before them may have blanks and brackets. */
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static Path proc(ProcessHandle process, String file) {
        return Path.of(String.format(Locale.ROOT, "/proc/%d/%s", process.pid(), file));
    }
}
