package de.doppelboden.bench;

import de.doppelboden.city.people.Crew;
import de.doppelboden.city.people.Diary;
import de.doppelboden.city.replay.Stage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a clerk's action takes on the standby after an ordered failover, with the people of the replay at 170 desks: logged in for
 * real, on their own cases, with their think times. They think for 16 seconds between pages of some hundredths, so their load is open
 * in effect; the rows below are open strictly, timed from each request's instant, at four times their rate.
 */
final class CounterBench implements Bench {

    private static final Stage.Setting CITY = new Stage.Setting(30_000, 2_000);
    private static final int CLERKS = 40;
    private static final double WARM_SECONDS = 40;
    private static final double SECONDS = 75;
    private static final double OPEN_PER_SECOND = 40;
    private static final double OPEN_SECONDS = 20;

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public String about() {
        return "a clerk's page on the standby, 170 desks at work";
    }

    @Override
    public List<Row> run(Ground ground) throws Exception {
        try (Stage stage = Stage.start(ground.folder(), CITY, ground.pace(), ground.random());
                Crew people = stage.crew(ground.seed())) {
            ground.say("170 clerks log in ...");
            people.open();
            Pages pages = Pages.of(stage.clerks(), CLERKS, CITY.residents(), ground.seed());
            stage.failOver("to be measured");
            people.start();
            ground.say("on the standby, warming ...");
            ground.pauseSeconds(WARM_SECONDS);
            long from = ground.pace().now();
            ground.say("measuring ...");
            ground.pauseSeconds(SECONDS);
            long until = ground.pace().now();
            people.close();
            var open =
                    OpenLoad.play(ground.pace(), OpenLoad.poisson(OPEN_PER_SECOND, OPEN_SECONDS, ground.seed()), pages);
            return rows(people.diary(), from, until, open);
        }
    }

    private static List<Row> rows(Diary diary, long from, long until, List<OpenLoad.Result> open) {
        List<Diary.Request> measured = diary.requests().stream()
                .filter(request -> request.began() >= from && request.ended() <= until)
                .toList();
        var rows = new java.util.ArrayList<Row>();
        List<Diary.Request> standby =
                measured.stream().filter(r -> r.side().equals("standby")).toList();
        rows.add(new Row("page on the standby, p95", "ms", millis(standby).at(0.95)).against(Target.atMost(100, 40)));
        rows.add(new Row("p50", "ms", millis(standby).at(0.5)));
        rows.add(new Row("p99", "ms", millis(standby).at(0.99)));
        rows.add(new Row("pages", "", standby.size()));
        rows.add(new Row(
                "late, failed or not from the standby",
                "",
                measured.stream()
                        .filter(r -> r.got() != Diary.Got.GOOD || !r.side().equals("standby"))
                        .count()));
        Map<String, List<Diary.Request>> kinds =
                standby.stream().collect(Collectors.groupingBy(Diary.Request::what, TreeMap::new, Collectors.toList()));
        kinds.forEach((kind, of) -> rows.add(
                new Row(kind + ", p95 of " + of.size(), "ms", millis(of).at(0.95))));
        rows.add(new Row(
                "at 40/s, from the instant, p95", "ms", OpenLoad.millis(open).at(0.95)));
        rows.add(new Row("at 40/s, bad of " + open.size(), "", OpenLoad.bad(open)));
        return rows;
    }

    private static Quantiles millis(List<Diary.Request> requests) {
        return Quantiles.of(requests.stream()
                .map(request -> (request.ended() - request.began()) / 1e6)
                .toList());
    }
}
