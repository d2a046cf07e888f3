package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.simulation.World;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the switches of a site with which nothing is wrong but what is wrong with both servers alike, or with its visitors: each is
 * a false one.
 */
public final class FalseSwitches {

    private static final double QUIET_SECONDS = 60;
    private static final double LONGEST_SECONDS = 20;
    private static final double ERRORS = 0.1;
    private static final double USUAL_SECONDS = 0.02;

    /** After a trouble, before the next may begin: what it has left behind is over then. */
    private static final double BETWEEN_SECONDS = 8;

    private FalseSwitches() {}

    /** What happens, one after the other. */
    public enum Trouble {
        /** One in ten requests is wrong, and fails on either side; on half of the sites they are so all the time. */
        OWN_ERRORS,
        /** The same all in one class: somebody's program sends one wrong request after the other. */
        BROKEN_PROGRAM,
        /** Both servers stand still for 200 to 600 ms again and again, each in its own time. */
        PAUSES,
        /** Ten times as many requests as ever, which a server works off before its visitors give up. */
        BURST,
        /** Both servers take the same time longer, as with a slow database. */
        COMMON_SLOWNESS,
        /** Both servers fail in one of some cases. */
        COMMON_FAILURES
    }

    /**
     * How a site is used and troubled.
     *
     * @param perSecond requests a second
     * @param probeSeconds how often each side is probed
     * @param troubleSeconds how long it is quiet between two troubles, in the mean; endless: no troubles
     * @param slots how many requests each server works at, 20 ms at each
     * @param exhausting whether what slows both servers takes all the places of the one that serves
     */
    public record Plan(
            double perSecond,
            double probeSeconds,
            double troubleSeconds,
            int slots,
            boolean exhausting,
            JudgeSettings judge) {

        public static Plan of(double perSecond, double troubleSeconds, int slots) {
            return new Plan(perSecond, 1, troubleSeconds, slots, false, JudgeSettings.DEFAULT);
        }

        public Plan exhausted() {
            return new Plan(perSecond, probeSeconds, troubleSeconds, slots, true, judge);
        }

        public Plan quietly() {
            return new Plan(perSecond, probeSeconds, Double.POSITIVE_INFINITY, slots, exhausting, judge);
        }

        public Plan judgedBy(JudgeSettings other) {
            return new Plan(perSecond, probeSeconds, troubleSeconds, slots, exhausting, other);
        }

        /** So much longer may each request take, and still some places are free. */
        private double slowestSeconds() {
            return exhausting ? 3 : Math.clamp(0.7 * slots / (perSecond + 40) - USUAL_SECONDS, 0.05, 3);
        }
    }

    /**
     * What was counted.
     *
     * @param after by the trouble that had begun last
     * @param sentence of the first false switch
     */
    public record Count(
            long troubles, double seconds, long requests, Map<Trouble, Long> after, long switches, String sentence) {

        public static final Count NOTHING = new Count(0, 0, 0, Map.of(), 0, "");

        public Count and(Count other) {
            var sum = new EnumMap<Trouble, Long>(Trouble.class);
            sum.putAll(after);
            other.after.forEach((trouble, number) -> sum.merge(trouble, number, Long::sum));
            return new Count(
                    troubles + other.troubles,
                    seconds + other.seconds,
                    requests + other.requests,
                    sum,
                    switches + other.switches,
                    sentence.isEmpty() ? other.sentence : sentence);
        }
    }

    /** One site for so long, after a minute in which nothing happens. One seed is one history. */
    public static Count count(long seed, Plan plan, double seconds) {
        var world = new World(seed, Set.of(), false);
        var shape = Site.Shape.USUAL
                .with(plan.slots(), USUAL_SECONDS)
                .probedEvery(plan.probeSeconds())
                .judgedBy(plan.judge());
        var site = new Site(world, shape);
        var begin = world.seconds();
        var end = begin + QUIET_SECONDS + seconds;
        var visitors = new Visitors(site, plan.perSecond(), end);
        var run = new Run(world, site, visitors, plan, begin + QUIET_SECONDS);
        site.watchedBy(run);
        site.gate.start();
        if (plan.troubleSeconds() < seconds) {
            world.after(QUIET_SECONDS, run::next);
        }
        world.runUntil((long) (end * 1e9));
        return new Count(run.troubles, seconds, run.requests, run.after, run.switches, run.sentence(seed));
    }

    /** One site and its troubles, drawn one after the other. */
    private static final class Run implements Watcher {

        private final World world;
        private final Site site;
        private final Visitors visitors;
        private final Plan plan;
        private final double from;
        private final Map<Trouble, Long> after = new EnumMap<>(Trouble.class);
        private Optional<Trouble> last = Optional.empty();
        private double lastBegun;
        private double lastEnds;
        private final double usualErrors;
        private long troubles;
        private long requests;
        private long switches;
        private String sentence = "";

        private Run(World world, Site site, Visitors visitors, Plan plan, double from) {
            this.world = world;
            this.site = site;
            this.visitors = visitors;
            this.plan = plan;
            this.from = from;
            this.usualErrors = world.chance(0.5) ? ERRORS : 0;
            visitors.ownErrors = usualErrors;
        }

        private String sentence(long seed) {
            return sentence.isEmpty() ? "" : "seed %d %s".formatted(seed, sentence);
        }

        private void next() {
            var kinds = Trouble.values();
            var kind = kinds[world.random.nextInt(kinds.length)];
            last = Optional.of(kind);
            troubles++;
            var seconds = begin(kind);
            lastBegun = world.seconds();
            lastEnds = lastBegun + seconds;
            var quiet = BETWEEN_SECONDS - Math.log(1 - world.random.nextDouble()) * plan.troubleSeconds();
            world.after(seconds + quiet, this::next);
        }

        /** How long it lasts. */
        private double begin(Trouble kind) {
            var seconds = kind == Trouble.BURST ? world.between(1, 3) : world.between(0.5, LONGEST_SECONDS);
            switch (kind) {
                case OWN_ERRORS -> ownErrors(seconds);
                case BROKEN_PROGRAM -> {
                    var page = world.random.nextInt(site.operations.size());
                    visitors.brokenProgram(page, Math.max(0.2, plan.perSecond() / 9), seconds);
                }
                case PAUSES -> pauses(world.seconds() + seconds);
                case BURST -> visitors.burst(10, seconds);
                case COMMON_SLOWNESS -> commonSlowness(world.between(0.05, plan.slowestSeconds()), seconds);
                case COMMON_FAILURES -> commonFailures(world.between(0.02, 1), seconds);
            }
            return seconds;
        }

        private void ownErrors(double seconds) {
            visitors.ownErrors = ERRORS;
            world.after(seconds, () -> visitors.ownErrors = usualErrors);
        }

        private void pauses(double end) {
            var server = world.chance(0.5) ? site.primary : site.standby;
            if (!server.paused()) {
                server.pause(world.between(0.2, 0.6));
            }
            if (world.seconds() < end) { // two within less than a second are one long one
                world.after(1.6 - Math.log(1 - world.random.nextDouble()) * 2, () -> pauses(end));
            }
        }

        private void commonSlowness(double by, double seconds) {
            slower(by);
            world.after(seconds, () -> slower(-by));
        }

        private void slower(double by) {
            site.primary.slower(by);
            site.standby.slower(by);
        }

        private void commonFailures(double share, double seconds) {
            fail(share);
            world.after(seconds, () -> fail(0));
        }

        private void fail(double share) {
            site.primary.failing = share;
            site.standby.failing = share;
        }

        @Override
        public void requested() {
            requests++;
        }

        @Override
        public void decided(State before, Decision decision, Set<String> movedBefore) {
            var moves =
                    decision.action() == Decision.Action.FAIL_OVER || decision.action() == Decision.Action.MOVE_CLASS;
            if (moves && world.seconds() >= from) {
                switches++;
                last.ifPresent(kind -> after.merge(kind, 1L, Long::sum));
                if (sentence.isEmpty()) {
                    sentence = "at %.2f s, %.2f s after %s began and %.2f s after its end: %s"
                            .formatted(
                                    world.seconds(),
                                    world.seconds() - lastBegun,
                                    last.map(Trouble::name).orElse("nothing"),
                                    world.seconds() - lastEnds,
                                    decision.reason());
                }
            }
        }
    }
}
