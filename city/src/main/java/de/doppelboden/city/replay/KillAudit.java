package de.doppelboden.city.replay;

import de.doppelboden.city.people.Diary;
import de.doppelboden.city.people.Diary.Acknowledged;
import de.doppelboden.city.people.Diary.Attempt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what clerks were told while processes were killed with what is there afterwards. A clerk who gets no answer may send the case
 * again with a new form: that is two forms, and both may be recorded; one form never is recorded twice.
 */
record KillAudit(Diary diary, List<Recorded.Order> orders, List<Auditor.Deferred> worklist) {

    /** One for each form or, where she only saw that it is there, for each case. */
    List<Acknowledged> acknowledged() {
        var seen = new HashSet<String>();
        return diary.acknowledged().stream().filter(a -> seen.add(name(a))).toList();
    }

    private static String name(Acknowledged a) {
        return a.vorgang().isEmpty() ? a.mark() : a.vorgang();
    }

    List<String> lost() {
        return acknowledged().stream()
                .filter(a -> orders.stream().noneMatch(order -> is(order, a)))
                .filter(a -> worklist.stream().noneMatch(entry -> is(entry, a)))
                .map(a -> a.errand() + " " + a.mark() + " " + a.vorgang() + (a.standby() ? " on the standby" : ""))
                .toList();
    }

    private static boolean is(Recorded.Order order, Acknowledged a) {
        return a.vorgang().isEmpty()
                ? order.content().contains(a.mark())
                : order.key().equals(a.vorgang());
    }

    private static boolean is(Auditor.Deferred entry, Acknowledged a) {
        return a.vorgang().isEmpty()
                ? entry.content().contains(a.mark())
                : entry.vorgang().equals(a.vorgang());
    }

    List<String> doubled() {
        Map<String, Set<String>> forms = new HashMap<>();
        for (Attempt attempt : diary.attempts()) {
            forms.computeIfAbsent(attempt.mark(), mark -> new HashSet<>()).add(attempt.vorgang());
        }
        var doubled = new HashSet<String>();
        forms.forEach((mark, sent) -> {
            long recorded = orders.stream()
                    .filter(order -> order.content().contains(mark))
                    .count();
            if (recorded > sent.size()) {
                doubled.add(mark + ": " + recorded + " orders of " + sent.size() + " forms");
            }
        });
        for (Auditor.Deferred entry : worklist) {
            if (orders.stream().anyMatch(order -> order.key().equals(entry.vorgang()))) {
                doubled.add(entry.vorgang() + ": in the primary and on the worklist (" + entry.operation() + ", "
                        + entry.why() + ")");
            }
        }
        return List.copyOf(doubled);
    }
}
