package de.doppelboden.city.limping;

import de.doppelboden.city.limping.Visit.Outcome;
import de.doppelboden.city.limping.Visit.Told;
import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Request;
import de.doppelboden.city.replay.TimeToGood;
import de.doppelboden.city.webapp.Side;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one group got, and what was seen of it. The audit holds what people were told of their forms against what both sides really
 * carried out.
 *
 * @param name as in the JSON
 * @param zero the instant of second 0, on the clock of the requests
 * @param primary and {@code standby}: what each side answered
 * @param carriedOut how often each person's form was, on both sides together
 */
record Account(
        String name,
        Plan plan,
        long zero,
        List<Visit> visits,
        List<Request> requests,
        List<Sample> samples,
        List<Side.Handled> primary,
        List<Side.Handled> standby,
        Map<Integer, Integer> carriedOut) {

    private static final double LONGEST_UNSEEN_SECONDS = 1;

    static Account of(Group group, Plan plan, long zero) {
        var done = Stream.of(group.primary(), group.standby())
                .flatMap(side -> side.carriedOut().entrySet().stream())
                .collect(Collectors.toMap(entry -> Visitor.person(entry.getKey()), Map.Entry::getValue, Integer::sum));
        List<Visit> visits = group.visits();
        return new Account(
                group.name(),
                plan,
                zero,
                visits,
                visits.stream()
                        .flatMap(visit -> visit.requests().stream())
                        .sorted(Comparator.comparingLong(Request::began))
                        .toList(),
                group.samples(),
                sorted(group.primary().handled()),
                sorted(group.standby().handled()),
                done);
    }

    private static List<Side.Handled> sorted(Collection<Side.Handled> handled) {
        return handled.stream()
                .sorted(Comparator.comparingDouble(Side.Handled::second))
                .toList();
    }

    double second(long instant) {
        return (instant - zero) / 1e9;
    }

    long people(Outcome outcome) {
        return visits.stream().filter(visit -> visit.outcome() == outcome).count();
    }

    long pages(Got got) {
        return requests.stream().filter(request -> request.got() == got).count();
    }

    private long forms(Predicate<Visit> which) {
        return visits.stream()
                .filter(visit -> visit.form() != null)
                .filter(which)
                .count();
    }

    private int times(Visit visit) {
        return carriedOut.getOrDefault(visit.person(), 0);
    }

    long acknowledged() {
        return forms(visit -> visit.form() == Told.DONE);
    }

    /** Somebody was told that it is entered, and neither side has it. */
    long lost() {
        return forms(visit -> visit.form() == Told.DONE && times(visit) == 0);
    }

    /** One form, carried out more than once. */
    long doubled() {
        return forms(visit -> times(visit) > 1);
    }

    /** Somebody was told that it is not entered, and it is. */
    long contradicted() {
        return forms(visit -> visit.form() == Told.REFUSED && times(visit) > 0);
    }

    /** Somebody was told nothing, and it is entered. */
    long unclearDone() {
        return forms(visit -> visit.form() == Told.NOTHING && times(visit) > 0);
    }

    /** Waiting for pages beyond the time that is usual. */
    double waitedMinutes() {
        return requests.stream()
                        .filter(request -> request.got() != Got.GOOD)
                        .mapToLong(request -> request.ended() - request.began())
                        .sum()
                / 60e9;
    }

    @Nullable
    Long timeToGoodMs() {
        return TimeToGood.millis(requests, zero + (long) (plan.limps() * 1e9));
    }

    /** The second at which it was first seen to send users to the standby after the collapse; empty: never. */
    OptionalDouble left() {
        return samples.stream()
                .filter(sample ->
                        sample.second() >= plan.limps() && !sample.view().primaryServes())
                .mapToDouble(Sample::second)
                .findFirst();
    }

    /** The second from which the primary serves everybody for good; empty: it does not in the end, or never ceased to. */
    OptionalDouble back() {
        if (left().isEmpty() || !samples.getLast().view().home()) {
            return OptionalDouble.empty();
        }
        double last = samples.stream()
                .filter(sample -> !sample.view().home())
                .mapToDouble(Sample::second)
                .max()
                .orElse(0);
        return samples.stream()
                .mapToDouble(Sample::second)
                .filter(at -> at > last)
                .findFirst();
    }

    /** How often it sent users back to the primary while that was still collapsed. */
    int returnsWhileLimping() {
        int returns = 0;
        for (int i = 1; i < samples.size(); i++) {
            boolean comesBack = samples.get(i).view().primaryServes()
                    && !samples.get(i - 1).view().primaryServes();
            returns += comesBack && plan.limping(samples.get(i).second()) ? 1 : 0;
        }
        return returns;
    }

    /** Whether it was looked at all the time that the primary was collapsed; what was not seen proves nothing. */
    boolean watched() {
        double last = plan.limps();
        for (Sample sample : samples) {
            if (sample.second() - last > LONGEST_UNSEEN_SECONDS && plan.limping(last)) {
                return false;
            }
            last = sample.second();
        }
        return last >= plan.well();
    }

    /** Of the primary's health URL, from the collapse until then. */
    boolean healthGreen(double until) {
        return samples.stream()
                .filter(sample -> sample.second() >= plan.limps() && sample.second() <= until)
                .allMatch(Sample::healthGreen);
    }

    double slowestHealthMillis() {
        return limping(Sample::healthMillis);
    }

    int mostPrimaryBusy() {
        return (int) limping(sample -> (double) sample.primaryBusy());
    }

    private double limping(Function<Sample, Double> figure) {
        return samples.stream()
                .filter(sample -> plan.limping(sample.second()))
                .mapToDouble(figure::apply)
                .max()
                .orElse(0);
    }

    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("people", visits.size())
                .put("served", people(Outcome.SERVED))
                .put("unclear", people(Outcome.UNCLEAR))
                .put("sentAway", people(Outcome.SENT_AWAY));
        json.put("requests", requests.size()).put("late", pages(Got.LATE)).put("failed", pages(Got.FAILED));
        json.put("waitedMinutes", Math.round(waitedMinutes() * 10) / 10.0);
        json.put("timeToGoodMs", timeToGoodMs());
        json.put("leftMs", millis(left(), plan.limps()));
        json.put("returnsWhileLimping", returnsWhileLimping());
        json.put("backMs", millis(back(), plan.well()));
        json.put("healthGreen", healthGreen(plan.well()));
        json.put("slowestHealthMs", Math.round(slowestHealthMillis()));
        json.put("mostInFlight", mostPrimaryBusy());
        json.put("acknowledged", acknowledged()).put("lost", lost()).put("doubled", doubled());
        json.put("contradicted", contradicted()).put("unclearDone", unclearDone());
        return json;
    }

    private static @Nullable Long millis(OptionalDouble second, double since) {
        return second.isEmpty() ? null : Math.round((second.getAsDouble() - since) * 1_000);
    }
}
