package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.simulation.World;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A web server with places and a queue, and the ways in which it, or one class of its pages, can be ill. */
final class WebServer {

    /** What is wrong with one class. */
    static final class Page {
        double failing;
        double extraSeconds;
        boolean hangs;

        boolean well() {
            return failing == 0 && extraSeconds == 0 && !hangs;
        }
    }

    /** One request, as the server sees it. */
    interface Work {

        int page();

        /** It is wrong in itself, and fails on any server. */
        boolean usersError();

        /** Nobody waits any more, which the server sees before it begins. */
        boolean left();

        /** What it does when it is carried out. */
        void carryOut();

        void answer(Outcome outcome);
    }

    private static final double CONNECTED_SECONDS = 0.001;

    private final World world;
    private final int slots;
    private final double meanSeconds;
    private final ArrayDeque<Work> queue = new ArrayDeque<>();
    private final Set<Slow> slowly = new LinkedHashSet<>();
    final Page[] pages;

    /** Of requests that it should carry out; not counted as an illness. */
    double failingAlways;

    double failing;
    double extraSeconds;
    boolean hangs;
    boolean refuses;
    private int slotsNow;
    private int pauses;
    private int busy;
    private int generation;

    WebServer(World world, int classes, int slots, double meanSeconds) {
        this.world = world;
        this.slots = slots;
        this.slotsNow = slots;
        this.meanSeconds = meanSeconds;
        this.pages = new Page[classes];
        for (var i = 0; i < classes; i++) {
            pages[i] = new Page();
        }
    }

    void ask(Work work) {
        if (refuses) {
            world.after(CONNECTED_SECONDS, () -> work.answer(Outcome.NONE));
            return;
        }
        queue.add(work);
        serve();
    }

    private void serve() {
        while (!hangs && !refuses && pauses == 0 && busy < slotsNow && !queue.isEmpty()) {
            var work = queue.remove();
            if (!work.left() && !pages[work.page()].hangs) {
                begin(work);
            }
        }
    }

    private void begin(Work work) {
        busy++;
        var born = generation;
        var extra = extraSeconds + pages[work.page()].extraSeconds;
        if (extra == 0) {
            world.after(usualSeconds(), () -> end(work, born));
            return;
        }
        var slow = new Slow(() -> end(work, born));
        slowly.add(slow);
        world.after(usualSeconds() + extra, slow::end);
    }

    private double usualSeconds() {
        return meanSeconds * Math.exp(0.5 * world.random.nextGaussian() - 0.125);
    }

    /** What is at work waits for the same thing as what comes; when that is over, it is over for both. */
    private void quickAgain() {
        var waiting = List.copyOf(slowly);
        slowly.clear();
        waiting.forEach(slow -> world.after(usualSeconds(), slow::end));
    }

    /** Work that takes longer than usual, unless the cause of it ends. */
    private final class Slow {

        private final Runnable end;
        private boolean ended;

        private Slow(Runnable end) {
            this.end = end;
        }

        private void end() {
            if (!ended) {
                ended = true;
                slowly.remove(this);
                end.run();
            }
        }
    }

    /** Everything takes so much longer, or shorter, from now on. */
    void slower(double seconds) {
        extraSeconds = Math.max(0, extraSeconds + seconds);
        if (seconds < 0) {
            quickAgain();
        }
    }

    private void end(Work work, int born) {
        if (generation != born) {
            return;
        }
        if (pauses > 0) { // what was at work stands still as well
            queue.addFirst(work);
            busy--;
            return;
        }
        busy--;
        var page = pages[work.page()];
        var fails = work.usersError()
                || failingAlways > 0 && world.chance(failingAlways)
                || failing > 0 && world.chance(failing)
                || page.failing > 0 && world.chance(page.failing);
        if (!work.usersError() && (!fails || world.chance(0.3))) {
            work.carryOut();
        }
        work.answer(fails ? Outcome.FAILED : Outcome.IN_BUDGET);
        serve();
    }

    /** Nothing is begun, and nothing is answered; all of it later. */
    void pause(double seconds) {
        pauses++;
        world.after(seconds, () -> {
            pauses--;
            serve();
        });
    }

    boolean paused() {
        return pauses > 0;
    }

    /** It dies with all that it was doing. */
    void die() {
        refuses = true;
        generation++;
        queue.clear();
        busy = 0;
    }

    /** Single requests are as quick as ever, but it does only a few at a time. */
    void limp(int places, double seconds) {
        slotsNow = places;
        extraSeconds = seconds;
    }

    /** No longer ill; what had hung is never answered. */
    void recover() {
        if (hangs) {
            queue.clear();
        }
        failing = 0;
        extraSeconds = 0;
        hangs = false;
        refuses = false;
        slotsNow = slots;
        for (var page : pages) {
            page.failing = 0;
            page.extraSeconds = 0;
            page.hangs = false;
        }
        quickAgain();
        serve();
    }

    boolean wellAsAWhole() {
        return failing == 0 && extraSeconds == 0 && !hangs && !refuses && slotsNow == slots;
    }

    boolean well() {
        if (!wellAsAWhole()) {
            return false;
        }
        for (var page : pages) {
            if (!page.well()) {
                return false;
            }
        }
        return true;
    }
}
