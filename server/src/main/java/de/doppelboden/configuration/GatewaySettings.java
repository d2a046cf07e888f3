package de.doppelboden.configuration;

import static de.doppelboden.configuration.Key.withDefault;

import java.time.Duration;

/**
 * Limits of every listener in the users' path.
 *
 * @param connections open at once, over all listeners
 * @param perClient the same of one address that is no proxy of ours
 * @param requestsPerClient of one address to a service in a second; 0: any number
 * @param head of a request or an answer, lines together
 * @param body of a request
 * @param headTime to send a request's head
 * @param idle between two requests of a connection, and between two pieces of a body
 * @param connect to a side
 * @param answer the longest wait for a side's answer, whatever the operation's budget
 */
public record GatewaySettings(
        int connections,
        int perClient,
        int requestsPerClient,
        DataSize head,
        DataSize body,
        Duration headTime,
        Duration idle,
        Duration connect,
        Duration answer) {

    static GatewaySettings read(Section in) {
        return new GatewaySettings(
                in.number(withDefault("connections", "10000", "Open connections at once")
                        .between("10", "200000")),
                in.number(withDefault(
                                "connections-per-client",
                                "5000",
                                "Open connections of one address; an office may have one for all, `proxies` have no bound of their own")
                        .between("1", "200000")),
                in.number(withDefault(
                                "requests-per-client",
                                "0",
                                "Requests of one address to a service in a second, two seconds' at once; more get 429. 0: any number. Behind `proxies` those whom they name")
                        .between("0", "1000000")),
                in.size(withDefault("head", "32KB", "Head of a request or an answer")
                        .between("4KB", "1MB")),
                in.size(withDefault("body", "10GB", "Body of a request; what is large is streamed")
                        .between("1KB", "1000GB")),
                in.duration(withDefault("head-time", "10s", "Time to send a request's head")
                        .between("1s", "2m")),
                in.duration(withDefault("idle", "60s", "Time between two requests, and between two pieces of a body")
                        .between("1s", "1h")),
                in.duration(withDefault("connect", "1s", "Time to connect to a side")
                        .between("50ms", "1m")),
                in.duration(withDefault("answer", "60s", "The longest wait for a side's answer")
                        .between("1s", "1h")));
    }
}
