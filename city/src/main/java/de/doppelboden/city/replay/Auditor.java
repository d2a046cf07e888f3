package de.doppelboden.city.replay;

import de.doppelboden.city.people.Diary;
import de.doppelboden.city.people.Diary.Acknowledged;
import de.doppelboden.city.people.Diary.Attempt;
import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Left;
import de.doppelboden.city.people.Diary.Request;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the people of one group saw with what the primary's database and the worklist hold after the return. Knows nothing
 * of how either side works.
 */
final class Auditor {

    private static final double MINUTE = 60e9;

    private final Diary diary;
    private final Recorded recorded;
    private final List<Deferred> worklist;
    private final long from;
    private final long until;

    /**
     * An entry that waits for a person.
     *
     * @param vorgang of the form
     * @param conflict the primary's record had changed meanwhile
     */
    record Deferred(String vorgang, String operation, String content, String why, boolean conflict) {}

    Auditor(Diary diary, Recorded recorded, List<Deferred> worklist, long from, long until) {
        this.diary = diary;
        this.recorded = recorded;
        this.worklist = worklist;
        this.from = from;
        this.until = until;
    }

    /** What is not in the diary comes in: who came, and what is said about the skipped hours and about both sides. */
    record Outside(
            int came,
            double extrapolatedUserMinutes,
            @Nullable Boolean sidesEqual) {}

    Figures figures(long fault, Outside outside) {
        List<Request> counted = requests();
        Map<String, Long> left = diary.left().stream()
                .filter(l -> l.at() >= from)
                .collect(Collectors.groupingBy(Left::outcome, Collectors.counting()));
        int provisional = count(left, "PROVISIONAL");
        return new Figures(
                outside.came(),
                count(left, "SERVED") + provisional,
                provisional,
                count(left, "ON_PAPER"),
                count(left, "SENT_AWAY"),
                counted.size(),
                (int) counted.stream().filter(r -> r.got() == Got.FAILED).count(),
                (int) counted.stream().filter(r -> r.got() == Got.LATE).count(),
                lostMinutes(counted),
                outside.extrapolatedUserMinutes(),
                byCase(diary.acknowledged()).size(),
                lost().size(),
                doubled().size(),
                (int) worklist.stream().filter(Deferred::conflict).count(),
                worklist.size(),
                TimeToGood.millis(counted, fault),
                excessSwitches(counted),
                blockedShown(counted),
                outside.sidesEqual());
    }

    private static int count(Map<String, Long> left, String outcome) {
        return left.getOrDefault(outcome, 0L).intValue();
    }

    List<Request> requests() {
        return diary.requests().stream()
                .filter(r -> r.began() >= from)
                .sorted(Comparator.comparingLong(Request::began))
                .toList();
    }

    private static Map<Integer, Acknowledged> byCase(List<Acknowledged> acknowledged) {
        var cases = new HashMap<Integer, Acknowledged>();
        acknowledged.forEach(a -> cases.putIfAbsent(a.number(), a));
        return cases;
    }

    /** Somebody was told that it is done, and it is nowhere. */
    List<Acknowledged> lost() {
        return byCase(diary.acknowledged()).values().stream()
                .filter(a -> recordedFor(a.errand(), a.om(), a.mark(), a.vorgang()) == 0)
                .filter(a -> worklist.stream().noneMatch(w -> belongs(w, a)))
                .toList();
    }

    private static boolean belongs(Deferred entry, Acknowledged acknowledged) {
        return !acknowledged.vorgang().isEmpty() && entry.vorgang().equals(acknowledged.vorgang())
                || entry.content().contains(acknowledged.mark());
    }

    /** One case, recorded more than once. */
    List<Integer> doubled() {
        var cases = new HashMap<Integer, Attempt>();
        diary.attempts().forEach(a -> cases.putIfAbsent(a.number(), a));
        return cases.values().stream()
                .filter(a -> recordedFor(a.errand(), a.om(), a.mark(), a.vorgang()) > 1)
                .map(Attempt::number)
                .sorted()
                .toList();
    }

    /** A case is found again by its mark; an act of civil registry has no room for it and is found by the person. */
    private long recordedFor(String errand, long om, String mark, String vorgang) {
        return recorded.orders().stream()
                .filter(o -> o.errand().equals(errand))
                .filter(o -> o.key().equals(vorgang)
                        || o.content().contains(mark)
                        || errand.equals("personenstand") && o.om() == om)
                .count();
    }

    /** From a failed page to the beginning of the next that came, and the lateness of those that came late. */
    private double lostMinutes(List<Request> counted) {
        var desks = counted.stream().collect(Collectors.groupingBy(Request::desk));
        long lost = 0;
        for (List<Request> desk : desks.values()) {
            long badSince = 0;
            for (Request request : desk) {
                if (request.got() == Got.FAILED) {
                    badSince = badSince == 0 ? request.began() : badSince;
                } else {
                    lost += badSince == 0 ? 0 : request.began() - badSince;
                    lost += request.got() == Got.LATE ? request.ended() - request.began() : 0;
                    badSince = 0;
                }
            }
            lost += badSince == 0 ? 0 : Math.max(0, until - badSince);
        }
        return lost / MINUTE;
    }

    /** There and back are two changes of side; the most that any desk saw beyond them. */
    private static int excessSwitches(List<Request> counted) {
        return counted.stream()
                .filter(r -> !r.side().equals("none"))
                .collect(Collectors.groupingBy(Request::desk, Collectors.mapping(Request::side, Collectors.toList())))
                .values()
                .stream()
                .mapToInt(sides -> Math.max(0, changes(sides) - 2))
                .max()
                .orElse(0);
    }

    private static int changes(List<String> sides) {
        int changes = 0;
        for (int i = 1; i < sides.size(); i++) {
            changes += sides.get(i).equals(sides.get(i - 1)) ? 0 : 1;
        }
        return changes;
    }

    /** A block counts from the moment somebody was told that it is set. */
    private int blockedShown(List<Request> counted) {
        Map<Long, Long> since = new HashMap<>();
        recorded.blockedBefore().forEach(om -> since.put(om, from));
        diary.acknowledged().stream()
                .filter(a -> a.errand().equals("sperre"))
                .forEach(a -> since.merge(a.om(), a.at(), Math::min));
        Set<Request> shown = new HashSet<>();
        for (Request request : counted) {
            if (!request.seesBlocked()
                    && request.shown().stream()
                            .anyMatch(om -> request.began() > since.getOrDefault(om, Long.MAX_VALUE))) {
                shown.add(request);
            }
        }
        return shown.size();
    }
}
