package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.withDefault;

import java.time.Duration;

/**
 * How the supervisor runs the processes.
 *
 * @param gatewayHeap and controlHeap: the most the Java heap takes
 * @param log one log file's size before a new one is begun
 * @param logs files kept of each process
 * @param longestPause between two starts of a process that keeps dying
 */
public record ProcessSettings(
        DataSize gatewayHeap, DataSize controlHeap, DataSize log, int logs, Duration longestPause) {

    static ProcessSettings read(Section in) {
        return new ProcessSettings(
                in.size(withDefault("gateway-heap", "160MB", "Java heap of the gateway")
                        .between("32MB", "16GB")),
                in.size(withDefault("control-heap", "160MB", "Java heap of the control process")
                        .between("64MB", "16GB")),
                in.size(withDefault("log", "10MB", "Size of a log file before a new one is begun")
                        .between("64KB", "1GB")),
                in.number(withDefault("logs", "5", "Log files kept of each process")
                        .between("1", "100")),
                in.duration(withDefault("longest-pause", "10s", "Between two starts of a process that keeps dying")
                        .between("1s", "10m")));
    }
}
