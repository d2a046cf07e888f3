package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Service;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The settings that a person may try on the last hour.
 *
 * @param budget of most operations; those with another one are changed in proportion
 * @param chance chance alone may cause a switch once in so long
 * @param fresh how old an outcome of the other side may be that is compared with
 */
public record WhatIfSettings(Duration budget, Duration span, Duration chance, Duration fresh) {

    private static final long MOST_DIGITS = 9;

    /** A field of the form, its value in its unit; {@code error} is empty if it can be used. */
    public record Field(String name, String value, String error) {}

    /** What a field may be, in its unit. */
    private enum Limits {
        BUDGET("budget", 10, 600_000, Duration.ofMillis(1)),
        SPAN("dauer", 0, 60_000, Duration.ofMillis(1)),
        CHANCE("zufall", 1, 36_500, Duration.ofDays(1)),
        FRESH("vergleich", 1, 600, Duration.ofSeconds(1));

        private final String field;
        private final long least;
        private final long most;
        private final Duration unit;

        Limits(String field, long least, long most, Duration unit) {
            this.field = field;
            this.least = least;
            this.most = most;
            this.unit = unit;
        }

        Field of(Duration value) {
            return new Field(field, String.valueOf(value.dividedBy(unit)), "");
        }

        Field of(String text) {
            boolean number = text.matches("[0-9]{1," + MOST_DIGITS + "}")
                    && Long.parseLong(text) >= least
                    && Long.parseLong(text) <= most;
            return new Field(
                    field,
                    text.length() > MOST_DIGITS ? "" : text,
                    number ? "" : t("what.error", Moments.number(least), Moments.number(most)));
        }

        Duration in(List<Field> fields) {
            return unit.multipliedBy(Long.parseLong(fields.get(ordinal()).value()));
        }
    }

    static WhatIfSettings inForce(Service service) {
        Map<Duration, Long> often = service.operations().stream()
                .map(Operation::budget)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Duration budget = often.entrySet().stream()
                .max(Map.Entry.<Duration, Long>comparingByValue()
                        .thenComparing(Map.Entry.<Duration, Long>comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        JudgeSettings judge = service.judge();
        return new WhatIfSettings(budget, judge.span(), judge.falseSwitchEvery(), judge.fresh());
    }

    List<Field> fields() {
        return List.of(
                Limits.BUDGET.of(budget), Limits.SPAN.of(span), Limits.CHANCE.of(chance), Limits.FRESH.of(fresh));
    }

    /** With what was typed; what is missing stays as it is in force. */
    List<Field> fields(Map<String, String> asked) {
        return fields().stream()
                .map(field -> asked.containsKey(field.name())
                        ? limits(field.name())
                                .of(asked.getOrDefault(field.name(), "").strip())
                        : field)
                .toList();
    }

    private static Limits limits(String field) {
        for (Limits each : Limits.values()) {
            if (each.field.equals(field)) {
                return each;
            }
        }
        throw new IllegalArgumentException("no field " + field);
    }

    /** @param fields all without an error */
    static WhatIfSettings of(List<Field> fields) {
        return new WhatIfSettings(
                Limits.BUDGET.in(fields), Limits.SPAN.in(fields), Limits.CHANCE.in(fields), Limits.FRESH.in(fields));
    }

    Service on(Service service) {
        JudgeSettings judge = service.judge();
        return new Service(
                service.id(),
                service.keys(),
                service.sharedState(),
                service.operations(),
                service.mode(),
                new JudgeSettings(chance, span, fresh, judge.tick(), judge.history()),
                service.returning(),
                service.lease(),
                service.proof());
    }

    /** By what the budgets in force are multiplied. */
    double budgets(WhatIfSettings inForce) {
        return (double) budget.toMillis() / inForce.budget.toMillis();
    }
}
