package de.doppelboden.city.people;

import de.doppelboden.city.population.Clerk;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clerks in a hurry: at each desk one case after the other that changes something, with hardly a pause. For finding out whether
 * something is lost or doubled. A case that the end of the rush interrupts stays open.
 */
public final class Rush implements AutoCloseable {

    private static final long PAUSE = Duration.ofMillis(40).toNanos();
    private static final long AFTER_FAILURE = Duration.ofMillis(300).toNanos();
    private static final Duration LAST_PAGE = Duration.ofSeconds(12);

    private final Errands errands;
    private final Pace pace;
    private final Diary diary = new Diary();
    private final HttpClient network = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Begins to work.
     *
     * @param base the address that the clerks have in their browsers
     */
    public Rush(Errands errands, int desks, URI base, Pace pace, long seed) {
        this.errands = errands;
        this.pace = pace;
        List<Clerk> clerks = Clerk.all();
        for (int number = 1; number <= desks; number++) {
            Clerk clerk = clerks.get(number);
            Browser browser = new Browser(network, base);
            Desk desk = new Desk(number, clerk, browser, new Hall(List.of()), diary, pace, seed);
            threads.add(Thread.ofVirtual().name("rush-" + number).start(() -> work(desk, clerk, browser)));
        }
    }

    private void work(Desk desk, Clerk clerk, Browser browser) {
        try {
            Desk.login(browser, clerk);
            while (!closed) {
                serve(desk, new CaseWork(errands.writing(), clerk, browser));
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Desk desk, CaseWork work) throws InterruptedException {
        while (!closed && work.outcome().isEmpty()) {
            pace.pause(desk.act(work) ? PAUSE : AFTER_FAILURE);
        }
    }

    public Diary diary() {
        return diary;
    }

    /** Everybody finishes the page that she waits for. */
    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join(LAST_PAGE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        network.shutdownNow();
    }
}
