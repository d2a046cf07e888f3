package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.simulation.World;

/** What goes wrong with a web application in a history, drawn from its seed; and all of it ends before the history does. */
final class WebTroubles {

    private final World world;
    private final Site site;
    private final Visitors visitors;
    private final WebAuditor auditor;
    private final double from;
    private final double end;
    private int illnesses;
    private double paused = -1e9;

    WebTroubles(Site site, Visitors visitors, WebAuditor auditor, double from, double end) {
        this.world = site.world;
        this.site = site;
        this.visitors = visitors;
        this.auditor = auditor;
        this.from = from;
        this.end = end;
    }

    /** @param innocent only what is no reason to move anybody */
    void plan(boolean innocent) {
        if (innocent) {
            times(world.random.nextInt(3), this::commonCause);
        } else {
            times(1 + world.random.nextInt(3), () -> illness(site.primary, 20));
            times(world.random.nextInt(2), () -> illness(site.standby, 8));
            times(world.random.nextInt(2), this::order);
            site.brokenConnections = world.chance(0.5) ? 0 : 0.002;
        }
        visitors.ownErrors = world.chance(0.5) ? 0.1 : 0;
        times(world.random.nextInt(6), this::pause);
        times(world.random.nextInt(2), () -> visitors.burst(world.between(2, 10), world.between(1, 4)));
        times(world.random.nextInt(2), this::brokenProgram);
        times(world.random.nextInt(3), () -> {
            site.gate.pause(world.between(0.05, 3));
            auditor.anew();
        });
        times(world.random.nextInt(3), this::killing);
    }

    private void times(int number, Runnable what) {
        for (var i = 0; i < number; i++) {
            world.after(world.between(from, end), what);
        }
    }

    private void untilAtMost(double seconds, Runnable undo) {
        world.after(Math.min(seconds, Math.max(0, end - world.seconds())), undo);
    }

    private void illness(WebServer server, double longest) {
        if (!server.well()) {
            return;
        }
        auditor.anew();
        var mine = ++illnesses;
        var page = server.pages[world.random.nextInt(server.pages.length)];
        var kind = world.random.nextInt(8);
        world.trace("%s falls ill in way %d".formatted(server == site.primary ? "the primary" : "the standby", kind));
        switch (kind) {
            case 0 -> server.die();
            case 1 -> server.hangs = true;
            case 2 -> server.extraSeconds = 2;
            case 3 -> server.limp(1, 0.4);
            case 4 -> server.failing = world.between(0.05, 1);
            case 5 -> page.failing = world.between(0.5, 1);
            case 6 -> page.hangs = true;
            default -> page.extraSeconds = 1.5;
        }
        untilAtMost(world.between(0.3, longest), () -> {
            if (mine == illnesses || !server.well()) {
                recover(server);
            }
        });
    }

    private void recover(WebServer server) {
        world.trace(server == site.primary ? "the primary recovers" : "the standby recovers");
        server.recover();
        auditor.anew();
    }

    private void commonCause() {
        if (!site.primary.well() || !site.standby.well()) {
            return;
        }
        var kind = world.random.nextInt(4);
        world.trace("a common cause: " + kind);
        var fails = world.between(0.1, 1);
        var slow = world.between(0.3, 3);
        for (var server : new WebServer[] {site.primary, site.standby}) {
            switch (kind) {
                case 0 -> server.die();
                case 1 -> server.hangs = true;
                case 2 -> server.extraSeconds = slow;
                default -> server.failing = fails;
            }
        }
        untilAtMost(world.between(0.5, 10), () -> {
            recover(site.primary);
            recover(site.standby);
        });
    }

    private void pause() {
        var server = world.chance(0.5) ? site.primary : site.standby;
        var shared = site.primary.extraSeconds > 0 && site.standby.extraSeconds > 0; // late already by the common cause
        if (shared || world.seconds() - paused < 1.6) { // two within less than a second are one long one
            return;
        }
        paused = world.seconds();
        var seconds = world.between(0.2, 0.6);
        world.trace("%s stops for %.2f s".formatted(server == site.primary ? "the primary" : "the standby", seconds));
        server.pause(seconds);
    }

    private void brokenProgram() {
        var page = world.random.nextInt(site.operations.size());
        world.trace("somebody's program sends wrong requests to " + page);
        visitors.brokenProgram(page, world.between(1, 20), world.between(1, 10));
    }

    private void killing() {
        site.gate.kill();
        auditor.anew();
        untilAtMost(world.between(0.2, 3), () -> {
            if (!site.gate.alive()) {
                site.gate.start();
            }
        });
    }

    private void order() {
        auditor.anew();
        site.gate.order(new Order.Pause("person", "to look first"));
        untilAtMost(world.between(1, 6), () -> site.gate.order(new Order.Resume("person", "go on")));
    }

    /** The end of all troubles. */
    void heal() {
        recover(site.primary);
        recover(site.standby);
        site.brokenConnections = 0;
        visitors.ownErrors = 0;
        if (!site.gate.alive()) {
            site.gate.start();
        }
        if (site.gate.mode() == Mode.PAUSED) {
            site.gate.order(new Order.Resume("person", "go on"));
        }
    }
}
