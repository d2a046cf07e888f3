package de.doppelboden.bench.failover;

import de.doppelboden.city.webapp.Behaviour;
import de.doppelboden.city.webapp.Script;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fault by the second. Users come from 0 to {@code end}; the fault lasts from {@code from} to {@code to}.
 *
 * @param crashes the primary's listener is closed meanwhile, its connections reset
 * @param changes of side that a good gateway makes
 */
public record Scenario(String name, double from, double to, double end, boolean crashes, int changes, Script script) {

    private static final double WARM = 5;
    private static final double USUAL_END = 21;
    private static final double LAST = 33;
    private static final String ILL_CLASS = "register";

    /** All of them, in the order of the table. */
    public static final List<Scenario> ALL = List.of(
            moved("crash", true, m -> Behaviour.FINE),
            moved("hang", false, m -> ill(m) ? Behaviour.HANGING : Behaviour.FINE),
            moved("slow100", false, m -> ill(m) ? Behaviour.later(m.health() ? 100 : 2_000) : Behaviour.FINE),
            moved(
                    "err50",
                    false,
                    m -> ill(m) && !m.health() && m.random().nextBoolean() ? Behaviour.FAILING : Behaviour.FINE),
            partial("partial", Behaviour.FAILING),
            partial("partialhang", Behaviour.HANGING),
            new Scenario("leak", WARM, WARM + 60, WARM + 68, false, 2, Scenario::leaking),
            moved("flap", false, m -> ill(m) && (m.second() - WARM) % 4 < 2 ? Behaviour.FAILING : Behaviour.FINE),
            moved("limp", false, m -> ill(m) && !m.health() ? Behaviour.reduced(2, 2.5) : Behaviour.FINE),
            new Scenario("coldback", WARM, WARM + 8, LAST, true, 2, Scenario::cold),
            new Scenario("gcpause", WARM, LAST, LAST, false, 0, Scenario::pausing),
            stayed("poison", m -> Behaviour.FINE), // it is the users' requests that are wrong
            stayed(
                    "bothslow",
                    m -> m.second() >= WARM && m.second() < USUAL_END
                            ? Behaviour.later(m.health() ? 100 : 2_000)
                            : Behaviour.FINE),
            stayed("sbbroken", Scenario::brokenStandby));

    /**
     * One of them, or several at once with a plus between: {@code err50+poison}.
     *
     * @throws IllegalArgumentException there is none of that name
     */
    public static Scenario named(String names) {
        return Stream.of(names.split("\\+"))
                .map(name -> ALL.stream()
                        .filter(each -> each.name.equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("There is no scenario " + name + ".")))
                .reduce(Scenario::and)
                .orElseThrow();
    }

    private Scenario and(Scenario other) {
        return new Scenario(
                name + "+" + other.name,
                Math.min(from, other.from),
                Math.max(to, other.to),
                Math.max(end, other.end),
                crashes || other.crashes,
                Math.max(changes, other.changes),
                m -> {
                    var behaviour = script.at(m);
                    return behaviour.equals(Behaviour.FINE) ? other.script.at(m) : behaviour;
                });
    }

    boolean during(double second) {
        return second >= from && second < to;
    }

    /** Users ask for what fails on any side. */
    boolean poisoned() {
        return List.of(name.split("\\+")).contains("poison");
    }

    private static Scenario moved(String name, boolean crashes, Script script) {
        return new Scenario(name, WARM, USUAL_END, LAST, crashes, 2, script);
    }

    private static Scenario stayed(String name, Script script) {
        return new Scenario(name, WARM, USUAL_END, LAST, false, 0, script);
    }

    /** One class of operations is ill, and it alone. */
    private static Scenario partial(String name, Behaviour illness) {
        return moved(name, false, m -> ill(m) && !m.health() && m.path().equals(ILL_CLASS) ? illness : Behaviour.FINE);
    }

    private static boolean ill(Script.Moment m) {
        return m.primary() && m.second() >= WARM && m.second() < USUAL_END;
    }

    /** A second more within a minute. */
    private static Behaviour leaking(Script.Moment m) {
        boolean leaks = m.primary() && m.second() >= WARM && m.second() < WARM + 60;
        return leaks ? Behaviour.later((m.health() ? 50 : 1_000) * (m.second() - WARM) / 60) : Behaviour.FINE;
    }

    /** After a crash it begins with a tenth of its speed and warms with every request. */
    private static Behaviour cold(Script.Moment m) {
        boolean warm = !m.primary() || m.health() || m.second() < WARM + 8;
        return warm ? Behaviour.FINE : Behaviour.reduced(16, 1 / Math.min(1, 0.1 + 0.9 * m.served() / 2_000.0));
    }

    /** Both sides stand still for 0.7 of each 8 seconds, at different times. */
    private static Behaviour pausing(Script.Moment m) {
        double phase = (m.second() - WARM - (m.primary() ? 0 : 4)) % 8;
        return m.second() >= WARM && phase >= 0 && phase < 0.7
                ? Behaviour.later((0.7 - phase) * 1_000)
                : Behaviour.FINE;
    }

    private static Behaviour brokenStandby(Script.Moment m) {
        if (m.health()) {
            return Behaviour.FINE;
        }
        boolean fails = !m.primary() || (ill(m) && m.random().nextInt(5) == 0);
        return fails ? Behaviour.FAILING : Behaviour.FINE;
    }
}
