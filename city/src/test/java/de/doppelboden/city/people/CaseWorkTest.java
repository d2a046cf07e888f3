package de.doppelboden.city.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.city.fault.Capacity;
import de.doppelboden.city.fault.Fault;
import de.doppelboden.city.people.Citizen.Errand;
import de.doppelboden.city.people.Citizen.Outcome;
import de.doppelboden.city.population.Clerk;
import de.doppelboden.city.register.RegisterDatabase;
import de.doppelboden.city.register.RegisterServer;
import de.doppelboden.database.EmbeddedPostgresFixture;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaseWorkTest {

    private static final int RESIDENTS = 1_000;

    private static RegisterDatabase database;
    private static RegisterServer primary;
    private static Errands errands;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        String name = EmbeddedPostgresFixture.freshDatabase().url().replaceAll(".*/", "");
        database = RegisterDatabase.open(
                EmbeddedPostgresFixture.server().administrator(name),
                new RegisterDatabase.Contents(RESIDENTS, 1, "feed", new SecureRandom()));
        primary = RegisterServer.start(
                new RegisterServer.Ports(0, 0, 0),
                database,
                new InetSocketAddress(
                        "127.0.0.1", EmbeddedPostgresFixture.server().port()),
                Capacity.CITY.withPerSecond(2_000),
                "token",
                new RegisterServer.Surroundings(InstantSource.system(), System::nanoTime, new SecureRandom()));
        errands = new Errands(RESIDENTS, 1, 1);
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        http.shutdownNow();
        primary.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource(Errand.class)
    void servesEveryErrandAtThePrimaryStepByStep(Errand errand) throws Exception {
        var work = new CaseWork(errands.with(errand), clerk(), browser());

        boolean acknowledged = false;
        for (int step = 0; step < 8 && work.outcome().isEmpty(); step++) {
            CaseWork.Step taken = work.next();
            assertThat(taken.right()).as(taken.toString()).isTrue();
            acknowledged |= taken.acknowledged();
        }

        assertThat(work.outcome()).contains(Outcome.SERVED);
        assertThat(acknowledged).isEqualTo(errand.writes());
    }

    @Test
    void looksWhetherItWasDoneWhenNoAnswerCame() throws Exception {
        Browser browser = browser();
        var work = new CaseWork(errands.with(Errand.MOVE), clerk(), browser);
        while (!work.sendsNext()) {
            work.next();
        }
        String vorgang = work.vorgang();
        primary.storage().set(Fault.FAIL);

        CaseWork.Step failed = work.next();
        primary.storage().set(Fault.OK);

        assertThat(failed.right()).isFalse();
        assertThat(failed.vorgang()).isEqualTo(vorgang);
        for (int step = 0; step < 8 && work.outcome().isEmpty(); step++) {
            work.next();
        }
        assertThat(work.outcome()).contains(Outcome.SERVED);
    }

    private static Clerk clerk() {
        return Clerk.all().get(99);
    }

    private static Browser browser() throws InterruptedException {
        var browser = new Browser(http, URI.create("http://127.0.0.1:" + primary.pagesPort() + "/"));
        Desk.login(browser, clerk());
        return browser;
    }
}
