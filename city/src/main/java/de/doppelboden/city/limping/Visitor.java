package de.doppelboden.city.limping;

import de.doppelboden.city.limping.Visit.Outcome;
import de.doppelboden.city.limping.Visit.Told;
import de.doppelboden.city.people.Diary;
import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Request;
import de.doppelboden.city.people.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One person with an errand and a browser. A page that does not come she asks for again, until her patience has ended. A form she sends again only if she was told that it is not entered. Runs on a thread of its own.
 */
final class Visitor {

    /** After that a browser is reloaded. */
    private static final double RELOADS_SECONDS = 5;

    private static final double LEAST_PATIENCE_SECONDS = 8;
    private static final double MOST_PATIENCE_SECONDS = 15;
    private static final double LEAST_LOOK_SECONDS = 0.2;
    private static final double MOST_LOOK_SECONDS = 0.6;
    private static final double LEAST_RETRY_SECONDS = 0.8;
    private static final double MOST_RETRY_SECONDS = 2;
    private static final int MOST_STEPS = 100;
    private static final int NUMBERS = 1_000;

    private final int number;
    private final Errand errand;
    private final SplittableRandom random;
    private final int of;
    private final HttpClient http;
    private final URI base;
    private final Pace pace;
    private final List<Request> requests = new ArrayList<>();
    private double patience;
    private @Nullable Told form;

    /**
     * @param seed with the number it draws her errand and her patience: the same person in every group
     */
    Visitor(int number, long seed, HttpClient http, URI base, Pace pace) {
        this.number = number;
        this.random = new SplittableRandom(seed * 1_000_003 + number);
        this.errand = Errand.values()[random.nextInt(Errand.values().length)];
        this.of = random.nextInt(NUMBERS);
        this.patience = random.nextDouble(LEAST_PATIENCE_SECONDS, MOST_PATIENCE_SECONDS);
        this.http = http;
        this.base = base;
        this.pace = pace;
    }

    Visit visit() throws InterruptedException {
        Outcome outcome = Outcome.SERVED;
        for (int step = 0; step < errand.steps().size() && outcome == Outcome.SERVED; step++) {
            if (step > 0) {
                pause(LEAST_LOOK_SECONDS, MOST_LOOK_SECONDS);
            }
            outcome = untilItComes(errand.steps().get(step), step);
        }
        return new Visit(number, errand, outcome, List.copyOf(requests), form);
    }

    private double pause(double least, double most) throws InterruptedException {
        double seconds = random.nextDouble(least, most);
        pace.pause((long) (seconds * 1e9));
        return seconds;
    }

    private Outcome untilItComes(Errand.Step step, int which) throws InterruptedException {
        while (patience > 0) {
            Told told = ask(step, which);
            if (step.write()) {
                form = told;
            }
            if (told == Told.DONE) {
                return Outcome.SERVED;
            }
            if (step.write() && told == Told.NOTHING) {
                return Outcome.UNCLEAR;
            }
            patience -= pause(LEAST_RETRY_SECONDS, MOST_RETRY_SECONDS);
        }
        return Outcome.SENT_AWAY;
    }

    private Told ask(Errand.Step step, int which) throws InterruptedException {
        long began = pace.now();
        Told told = Told.NOTHING;
        String side = "none";
        try {
            var answer = http.send(request(step, which), HttpResponse.BodyHandlers.discarding());
            told = told(answer.statusCode());
            side = answer.headers()
                    .firstValue("X-Served-By")
                    .map(by -> by.equals("P") ? "primary" : "standby")
                    .orElse("none");
        } catch (IOException e) {
            // No answer, or not in her time: she was told nothing.
        }
        long ended = pace.now();
        patience -= (ended - began) / 1e9;
        Got got = told == Told.DONE ? (ended - began > Diary.BUDGET.toNanos() ? Got.LATE : Got.GOOD) : Got.FAILED;
        requests.add(new Request(number, errand.german(), began, ended, got, side, false, List.of()));
        return told;
    }

    private HttpRequest request(Errand.Step step, int which) {
        var request = HttpRequest.newBuilder(base.resolve(step.path(of)))
                .timeout(Duration.ofMillis((long) (1_000 * Math.min(RELOADS_SECONDS, Math.max(0.001, patience)))))
                .header("X-Op-Id", Long.toString(number(number, which)));
        return step.write()
                ? request.POST(HttpRequest.BodyPublishers.ofString("neu=" + of)).build()
                : request.GET().build();
    }

    /** The same for a form that is sent again. */
    private static long number(int person, int step) {
        return (long) person * MOST_STEPS + step;
    }

    /** Whose write a number is. */
    static int person(long number) {
        return (int) (number / MOST_STEPS);
    }

    /** A gateway that lost its side or waited in vain (502, 504) cannot say what became of a form. */
    private static Told told(int status) {
        if (status >= 200 && status < 400) {
            return Told.DONE;
        }
        return status == 502 || status == 504 ? Told.NOTHING : Told.REFUSED;
    }
}
