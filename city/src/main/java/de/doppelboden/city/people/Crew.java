package de.doppelboden.city.people;

import de.doppelboden.city.people.Browser.Seen;
import de.doppelboden.city.people.Citizen.Outcome;
import de.doppelboden.city.people.Diary.Got;
import de.doppelboden.city.people.Diary.Request;
import de.doppelboden.city.people.Page.Side;
import de.doppelboden.city.population.Clerk;
import de.doppelboden.city.population.Resident;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The people of one group: 20 centres, 170 desks, and four more clerks whose acts the script names. All of them work at one address
 * with real HTTP; each works on a virtual thread of her own.
 */
public final class Crew implements AutoCloseable {

    private static final int LOGINS_AT_ONCE = 3;
    private static final long SPY_PAUSE = Duration.ofSeconds(3).toNanos();
    private static final long END_OF_SCENE = Duration.ofSeconds(5).toNanos();
    private static final long LAST_LOOK = Duration.ofMillis(20).toNanos();
    private static final int LAST_LOOKS = 35;
    private static final long BRISK = Duration.ofMillis(400).toNanos();

    /** Clerks whose acts the script names: the next of the day's after those at the desks, with numbers of their own. */
    private enum Named {
        BLOCKS,
        MOVES,
        MOVES_AGAIN,
        LOOKS_BY_NAME,
        LOOKS_BY_NUMBER;

        private static final int FIRST_NUMBER = 1_001;
        private static final int FIRST_CLERK = 161;

        int number() {
            return FIRST_NUMBER + ordinal();
        }

        Clerk clerk(Day day) {
            return day.clerks().get(FIRST_CLERK + ordinal());
        }
    }

    private final Day day;
    private final Pace pace;
    private final Diary diary = new Diary();
    private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpClient> networks = new ArrayList<>();
    private final List<Hall> halls = new ArrayList<>();
    private final List<Desk> desks = new ArrayList<>();
    private final List<Browser> browsers = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<Named, Browser> loggedIn = new ConcurrentHashMap<>();
    private final URI base;
    private volatile boolean closed;

    /**
     * @param base the address that the clerks of this group have in their browsers
     */
    public Crew(Day day, URI base, Pace pace) {
        this.day = day;
        this.base = base;
        this.pace = pace;
        List<String> offices = Clerk.offices();
        for (int office = 0; office < offices.size(); office++) {
            halls.add(new Hall(day.arrivals().get(office)));
            networks.add(HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .executor(virtual)
                    .build());
        }
        for (int number = 0; number < day.desks(); number++) {
            Clerk clerk = day.clerks().get(number);
            int office = offices.indexOf(clerk.office());
            desks.add(new Desk(number + 1, clerk, browser(office), halls.get(office), diary, pace, day.seed()));
        }
    }

    private Browser browser(int office) {
        var browser = new Browser(networks.get(office), base);
        browsers.add(browser);
        return browser;
    }

    public Diary diary() {
        return diary;
    }

    /** All desks log in and bring their first cases forward; not part of the replay yet. */
    public void open() throws InterruptedException {
        try (ExecutorService some =
                Executors.newFixedThreadPool(LOGINS_AT_ONCE, Thread.ofVirtual().factory())) {
            var opened = new ArrayList<Future<?>>();
            for (Desk desk : desks) {
                opened.add(some.submit(() -> {
                    desk.open();
                    return null;
                }));
            }
            for (Future<?> each : opened) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a desk could not be opened", e.getCause());
        }
        for (var named : List.of(Named.MOVES, Named.LOOKS_BY_NAME, Named.LOOKS_BY_NUMBER)) {
            loggedIn.put(named, loggedIn(named));
        }
    }

    private Browser loggedIn(Named named) throws InterruptedException {
        Browser early = loggedIn.get(named);
        if (early != null) {
            return early;
        }
        Browser network = browser(named.number() % networks.size());
        Desk.login(network, named.clerk(day));
        return network;
    }

    /** The doors open: from now on everything counts. */
    public void start() {
        long now = pace.now();
        halls.forEach(hall -> hall.open(now));
        desks.forEach(desk -> desk.start(this::thread));
    }

    private Thread thread(String name, Runnable work) {
        Thread thread = Thread.ofVirtual().name(name).start(work);
        synchronized (threads) {
            threads.add(thread);
        }
        return thread;
    }

    /** A clerk without the right puts the day's person under a block, now. */
    public void block() {
        scripted(Named.BLOCKS, day.blocked(), 0);
    }

    /** A clerk has the form for the day's move ready and sends it at the instant. */
    public void move(long at) {
        scripted(Named.MOVES, day.mover(), at);
    }

    /** The same person comes again and has her address put right. */
    public void moveAgain() {
        scripted(Named.MOVES_AGAIN, day.moverAgain(), 0);
    }

    private void scripted(Named named, Citizen citizen, long sendAt) {
        Clerk clerk = named.clerk(day);
        thread("script-" + named.number(), () -> {
            try {
                Browser network = loggedIn(named);
                var desk = new Desk(named.number(), clerk, network, new Hall(List.of()), diary, pace, day.seed());
                var work = new CaseWork(citizen, clerk, network);
                while (work.outcome().isEmpty() && !closed) {
                    if (work.sendsNext()) {
                        pace.until(sendAt);
                    }
                    boolean good = desk.act(work);
                    pace.pause(good ? BRISK : SPY_PAUSE);
                }
                diary.write(Diary.Left.of(citizen, work.outcome().orElse(Outcome.SENT_AWAY), pace.now()));
            } catch (InterruptedException e) {
                diary.write(Diary.Left.of(citizen, Outcome.SENT_AWAY, pace.now()));
            }
        });
    }

    /** Two clerks without the right look for the blocked person again and again, by name and by number. */
    public void lookForBlocked() {
        spy(Named.LOOKS_BY_NAME);
        spy(Named.LOOKS_BY_NUMBER);
    }

    private void spy(Named named) {
        Resident person = day.blocked().who();
        String path = named == Named.LOOKS_BY_NAME
                ? "/suche?nachname=" + URLEncoder.encode(person.familyName(), StandardCharsets.UTF_8) + "&vorname="
                        + URLEncoder.encode(person.callName(), StandardCharsets.UTF_8)
                : "/person/" + person.om();
        thread("spy-" + named.number(), () -> {
            try {
                Browser network = loggedIn(named);
                while (!closed) {
                    look(named, network, path);
                    pace.pause(SPY_PAUSE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The right answer is a page of either application that does not have her. */
    private void look(Named named, Browser network, String path) throws InterruptedException {
        long began = pace.now();
        Seen seen = network.get(path);
        long ended = pace.now();
        if (seen instanceof Seen.Shown at && at.page().kind().equals("anmeldung")) {
            Desk.login(network, named.clerk(day));
        }
        boolean right = seen instanceof Seen.Shown shown
                && shown.page().side() != Side.NEITHER
                && (shown.status() == 200 || shown.status() == 404);
        Got got = !right ? Got.FAILED : ended - began > Diary.BUDGET.toNanos() ? Got.LATE : Got.GOOD;
        diary.write(
                new Request(named.number(), "spaehen", began, ended, got, Desk.side(seen), false, Desk.shown(seen)));
    }

    /**
     * Hours are skipped that are longer than anybody's patience, and in them everything goes on as it was at the end of the scene. The
     * citizen of a desk at which nothing worked goes home. Where most requests went wrong, so does everybody who got nothing at the end
     * of the scene, at a desk or in the hall.
     *
     * @return the share of the requests at the end of the scene that went wrong, from 0 to 1
     */
    public double skip() {
        long now = pace.now();
        double share = badShare(now);
        boolean hopeless = share >= 0.5;
        for (Desk desk : desks) {
            if (desk.stuck() || hopeless && desk.lastGood() < now - END_OF_SCENE) {
                desk.endPatience();
            }
        }
        if (hopeless) {
            halls.forEach(hall ->
                    hall.sendAway(now).forEach(citizen -> diary.write(Diary.Left.of(citizen, Outcome.SENT_AWAY, now))));
        }
        return share;
    }

    /** Of what ended at desks in the last seconds, and what is overdue there. */
    private double badShare(long now) {
        List<Request> ended = diary.requests().stream()
                .filter(r -> r.ended() >= now - END_OF_SCENE && r.desk() <= desks.size())
                .toList();
        long overdue = desks.stream().filter(Desk::overdue).count();
        long bad = overdue + ended.stream().filter(r -> r.got() != Got.GOOD).count();
        return ended.isEmpty() && overdue == 0 ? 0 : (double) bad / (ended.size() + overdue);
    }

    /** How many came until now: at a desk, in the hall, or gone. */
    public int came() {
        long now = pace.now();
        return halls.stream().mapToInt(hall -> hall.came(now)).sum();
    }

    /**
     * The doors close: whoever is at a desk is neither served nor sent away. Pages that are on their way still come, but one that
     * takes longer than any page that is in time is cut off, and failed.
     */
    @Override
    public void close() {
        closed = true;
        desks.forEach(Desk::close);
        try {
            for (int looks = 0; looks < LAST_LOOKS && browsers.stream().anyMatch(Browser::loading); looks++) {
                pace.pause(LAST_LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Thread> all;
        synchronized (threads) {
            all = List.copyOf(threads);
        }
        all.forEach(Thread::interrupt);
        for (Thread thread : all) {
            try {
                thread.join(Duration.ofSeconds(12));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        networks.forEach(HttpClient::shutdownNow);
        virtual.shutdownNow();
    }
}
