package de.doppelboden.gateway;

import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.judge.Verdict;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;

/** The state of the gateway in Prometheus' text format, written by hand: some thirty lines do not need a library. */
final class Metrics {

    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder out = new StringBuilder(4096);

    private Metrics() {}

    static String of(Collection<GatewayService> services, OwnLag lag) {
        var metrics = new Metrics();
        metrics.process(lag);
        metrics.head("service_state", "gauge", "1 for the state that the service is in");
        services.forEach(metrics::state);
        metrics.head("service_epoch", "counter", "how often the keys have changed sides");
        services.forEach(s -> metrics.line(
                "service_epoch", id(s), s.cycle().users().ownership().epoch()));
        metrics.head("service_verdict", "gauge", "1 for the verdict on a side");
        services.forEach(metrics::verdicts);
        metrics.head("requests_total", "counter", "requests of users by side and by what they got");
        services.forEach(metrics::requests);
        metrics.head("requests_refused_total", "counter", "requests of users that no side has answered, by the reason");
        services.forEach(s -> s.refused()
                .forEach((why, number) ->
                        metrics.line("requests_refused_total", id(s) + ",reason=\"" + why + "\"", number)));
        metrics.head("feed_behind_seconds", "gauge", "age of the standby's copy, -1 if there is none");
        services.forEach(s -> metrics.line(
                "feed_behind_seconds", id(s), s.cycle().status().feed().behindSeconds()));
        metrics.head("journal_entries", "gauge", "entries that are not back at the primary");
        services.forEach(metrics::journal);
        metrics.head("certificate_expiry_timestamp_seconds", "gauge", "when the users' listener's certificate expires");
        services.forEach(s -> s.certificateExpires()
                .ifPresent(at ->
                        metrics.line("certificate_expiry_timestamp_seconds", id(s), (double) at.getEpochSecond())));
        metrics.head(
                "side_certificate_expiry_timestamp_seconds",
                "gauge",
                "when the certificate that a side shows us expires");
        services.forEach(metrics::sideCertificates);
        metrics.head("connections", "gauge", "open connections");
        services.forEach(metrics::connections);
        metrics.head(
                "requests_over_rate_total",
                "counter",
                "requests that were more than their client may send in a second");
        services.forEach(s ->
                metrics.line("requests_over_rate_total", id(s), s.listener().refused()));
        metrics.head("connections_refused_total", "counter", "connections of users that were too many");
        services.forEach(s ->
                metrics.line("connections_refused_total", id(s), s.listener().turnedAway()));
        metrics.head("requests_waiting", "gauge", "requests that wait for the primary");
        services.forEach(s -> metrics.line("requests_waiting", id(s), s.waiting()));
        return metrics.out.toString();
    }

    private void process(OwnLag lag) {
        head("gateway_lag_seconds_total", "counter", "time in which the gateway itself did not run");
        line("gateway_lag_seconds_total", "", lag.totalNanos() / 1e9);
        var memory = ManagementFactory.getMemoryMXBean();
        head("jvm_memory_used_bytes", "gauge", "memory of the JVM");
        line(
                "jvm_memory_used_bytes",
                "area=\"heap\"",
                memory.getHeapMemoryUsage().getUsed());
        line(
                "jvm_memory_used_bytes",
                "area=\"nonheap\"",
                memory.getNonHeapMemoryUsage().getUsed());
        head("process_uptime_seconds", "gauge", "time since the start");
        line("process_uptime_seconds", "", ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
    }

    private void state(GatewayService service) {
        for (var state : State.values()) {
            line(
                    "service_state",
                    id(service) + ",state=\"" + lower(state) + "\"",
                    service.cycle().state() == state ? 1 : 0);
        }
    }

    private void verdicts(GatewayService service) {
        var verdicts = service.cycle().status().verdicts();
        for (var verdict : Verdict.values()) {
            String label = id(service) + ",verdict=\"" + lower(verdict) + "\",side=";
            line("service_verdict", label + "\"primary\"", verdicts.primary() == verdict ? 1 : 0);
            line("service_verdict", label + "\"standby\"", verdicts.standby() == verdict ? 1 : 0);
        }
    }

    private void requests(GatewayService service) {
        for (var side : Side.values()) {
            for (var outcome : Outcome.values()) {
                String labels = id(service) + ",side=\"" + lower(side) + "\",outcome=\"" + lower(outcome) + "\"";
                line("requests_total", labels, service.cycle().total(side, outcome));
            }
        }
    }

    private void journal(GatewayService service) {
        var backlog = service.cycle().status().journal();
        if (backlog != null) {
            line("journal_entries", id(service) + ",state=\"open\"", backlog.open());
            line("journal_entries", id(service) + ",state=\"held\"", backlog.held());
            line("journal_entries", id(service) + ",state=\"worklist\"", backlog.worklist());
        }
    }

    private void sideCertificates(GatewayService service) {
        for (var side : Side.values()) {
            service.certificateExpires(side)
                    .ifPresent(at -> line(
                            "side_certificate_expiry_timestamp_seconds",
                            id(service) + ",side=\"" + lower(side) + "\"",
                            at.getEpochSecond()));
        }
    }

    private void connections(GatewayService service) {
        line("connections", id(service) + ",to=\"users\"", service.listener().connections());
        line(
                "connections",
                id(service) + ",to=\"primary\"",
                service.primary().busy() + service.primary().unused());
        line(
                "connections",
                id(service) + ",to=\"standby\"",
                service.standby().busy() + service.standby().unused());
    }

    private static String id(GatewayService service) {
        return "service=\"" + service.cycle().service().id() + "\"";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void head(String name, String type, String help) {
        out.append("# HELP doppelboden_").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE doppelboden_").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, double value) {
        out.append("doppelboden_").append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        out.append(' ')
                .append(whole ? Long.toString((long) value) : Double.toString(value))
                .append('\n');
    }
}
