package de.doppelboden.city.people;

import de.doppelboden.city.people.Browser.Seen;
import de.doppelboden.city.people.Citizen.Outcome;
import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Request;
import de.doppelboden.city.people.Page.Link;
import de.doppelboden.city.people.Page.Side;
import de.doppelboden.city.population.Clerk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A desk with a clerk, a browser and one citizen after the other. Runs on a thread of its own. */
final class Desk implements Runnable {

    /** Who waits longer than this when a scene ends is stuck. */
    static final Duration STUCK = Duration.ofSeconds(2);

    /** Talking, typing and looking between two pages. */
    private static final long THINK_LEAST = Duration.ofSeconds(10).toNanos();

    private static final long THINK_MOST = Duration.ofSeconds(22).toNanos();

    /** After a failure a clerk tries again sooner. */
    private static final long RETRY_LEAST = Duration.ofSeconds(3).toNanos();

    private static final long RETRY_MOST = Duration.ofSeconds(6).toNanos();

    private static final Pattern PERSON = Pattern.compile("/person/(\\d{1,15})");

    private final int number;
    private final Clerk clerk;
    private final Browser browser;
    private final Hall hall;
    private final Diary diary;
    private final Pace pace;
    private final SplittableRandom random;

    private @Nullable CaseWork first;
    private @Nullable Thread thread;
    private volatile boolean closed;
    private volatile boolean sendAway;
    private volatile boolean lastBad;
    private volatile long waitingSince;
    private volatile long lastGood;

    Desk(int number, Clerk clerk, Browser browser, Hall hall, Diary diary, Pace pace, long seed) {
        this.number = number;
        this.clerk = clerk;
        this.browser = browser;
        this.hall = hall;
        this.diary = diary;
        this.pace = pace;
        this.random = new SplittableRandom(seed * 1_000 + number);
    }

    /** Before the doors open: she logs in and brings the first case forward, as at any moment of a day. */
    void open() throws InterruptedException {
        login(browser, clerk);
        CaseWork work = new CaseWork(hall.call().citizen(), clerk, browser);
        int steps = random.nextInt(4);
        for (int i = 0; i < steps && !work.sendsNext(); i++) {
            CaseWork before = work;
            work.next();
            if (before.outcome().isPresent()) {
                work = new CaseWork(hall.call().citizen(), clerk, browser);
            }
        }
        first = work;
    }

    static void login(Browser browser, Clerk clerk) throws InterruptedException {
        Seen seen = browser.get("/anmeldung");
        if (seen instanceof Seen.Shown shown
                && shown.page().formWith("kennwort").isPresent()) {
            Page.Form form = shown.page().formWith("kennwort").orElseThrow();
            browser.submit(form.filled(Map.of("kennung", clerk.login(), "kennwort", clerk.password())), shown.path());
        }
    }

    void start(ThreadHolder threads) {
        thread = threads.start("desk-" + number, this);
    }

    /** Starts threads. */
    @FunctionalInterface
    interface ThreadHolder {
        Thread start(String name, Runnable work);
    }

    @Override
    public void run() {
        boolean anyMoment = true;
        while (!closed) {
            CaseWork work = first;
            first = null;
            try {
                if (work == null) {
                    Hall.Called called = hall.call();
                    pace.until(called.at());
                    work = new CaseWork(called.citizen(), clerk, browser);
                }
                serve(work, anyMoment);
                anyMoment = false;
            } catch (InterruptedException e) {
                if (!sendAway && !closed) {
                    throw new IllegalStateException("desk " + number + " was interrupted by somebody", e);
                }
                if (sendAway && work != null) {
                    diary.write(Diary.Left.of(work.citizen(), Outcome.SENT_AWAY, pace.now()));
                }
                sendAway = false;
                lastBad = false;
                anyMoment = true;
            }
        }
    }

    /** After the doors opened and after skipped hours a scene begins at any moment of a conversation. */
    private void serve(CaseWork work, boolean anyMoment) throws InterruptedException {
        pace.pause(anyMoment ? random.nextLong(THINK_MOST) : think());
        while (work.outcome().isEmpty()) {
            boolean good = act(work);
            if (work.outcome().isEmpty()) {
                if (closed) {
                    return;
                }
                pace.pause(good ? think() : random.nextLong(RETRY_LEAST, RETRY_MOST));
            }
        }
        diary.write(Diary.Left.of(work.citizen(), work.outcome().get(), pace.now()));
    }

    private long think() {
        return random.nextLong(THINK_LEAST, THINK_MOST);
    }

    /** One action, written into the diary; true when she got what she wanted in time. */
    boolean act(CaseWork work) throws InterruptedException {
        long began = pace.now();
        String vorgang = work.vorgang();
        if (work.sendsNext()) {
            diary.write(Diary.Attempt.of(work.citizen(), work.om(), vorgang, began));
        }
        waitingSince = began;
        CaseWork.Step step;
        try {
            step = work.next();
        } catch (InterruptedException e) {
            cutOff(began);
            throw e;
        } finally {
            waitingSince = 0;
        }
        long ended = pace.now();
        Got got = !step.right() ? Got.FAILED : ended - began > Diary.BUDGET.toNanos() ? Got.LATE : Got.GOOD;
        write(new Request(
                number, step.what(), began, ended, got, side(step.seen()), seesBlocked(), shown(step.seen())));
        if (step.acknowledged()) {
            boolean standby = side(step.seen()).equals("standby");
            diary.write(Diary.Acknowledged.of(work.citizen(), work.om(), step.vorgang(), standby, ended));
        }
        lastBad = got == Got.FAILED;
        lastGood = got == Got.GOOD ? ended : lastGood;
        return got != Got.FAILED;
    }

    /** Nobody knows what would have come of a request that the end of the replay cuts off before it is late. */
    private void cutOff(long began) {
        long now = pace.now();
        if (!closed || now - began > Diary.BUDGET.toNanos()) {
            write(new Request(number, "abgebrochen", began, now, Got.FAILED, "none", seesBlocked(), List.of()));
        }
    }

    private boolean seesBlocked() {
        return clerk.rights().contains(Clerk.SEES_BLOCKED);
    }

    private void write(Request request) {
        diary.write(request);
    }

    static String side(Seen seen) {
        return switch (seen) {
            case Seen.Shown shown
            when shown.page().side() != Side.NEITHER ->
                shown.page().side().name().toLowerCase(Locale.ROOT);
            case Seen.Shown shown -> "none";
            case Seen.Document document -> document.standby() ? "standby" : "primary";
            case Seen.Nothing nothing -> "none";
        };
    }

    /** The residents whose data is before her: hits of a search, or the one whose page it is. */
    static List<Long> shown(Seen seen) {
        var shown = new ArrayList<Long>();
        if (seen instanceof Seen.Shown page && page.status() == 200) {
            for (Link link : page.page().links()) {
                add(shown, link.href());
            }
            add(shown, page.page().kind().equals("person") ? page.path() : "");
        }
        if (seen instanceof Seen.Document document) {
            add(shown, document.path());
        }
        return List.copyOf(shown);
    }

    private static void add(List<Long> shown, String path) {
        Matcher person = PERSON.matcher(path);
        if (person.find()) {
            shown.add(Long.parseLong(person.group(1)));
        }
    }

    /** Whether nothing works here: the last page was bad, or one is overdue. */
    boolean stuck() {
        return lastBad || overdue();
    }

    /** Whether she waits for a page longer than for any page that works. */
    boolean overdue() {
        long since = waitingSince;
        return since != 0 && pace.now() - since > STUCK.toNanos();
    }

    /** When the last good page came. */
    long lastGood() {
        return lastGood;
    }

    /** The citizen's patience has ended; she goes, the next is called. */
    void endPatience() {
        sendAway = true;
        interrupt();
    }

    /** She begins nothing new. */
    void close() {
        closed = true;
    }

    private void interrupt() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
