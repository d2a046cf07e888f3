package de.doppelboden.city.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.doppelboden.city.peer.HaproxyStats.Server;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HaproxyStatsTest {

    private static final String HEAD =
            "# pxname,svname,scur,stot,status,chkfail,chkdown,check_status,check_code,check_duration,";

    @Test
    void readsServersAndLeavesOutWhatIsNone() throws IOException {
        var servers = HaproxyStats.parsed(List.of(
                HEAD,
                "users,FRONTEND,3,70,OPEN,,,,,,",
                "application,primary,2,60,UP,1,0,L7OK,200,4,",
                "application,standby,0,7,DOWN,3,1,L4CON,,0,",
                "application,BACKEND,2,67,UP,,1,,,,",
                ""));

        assertThat(servers).containsOnlyKeys("primary", "standby");
        assertThat(servers).containsEntry("primary", new Server("UP", "L7OK", 200, 4, 1, 0, 2, 60));
        assertThat(servers.get("standby")).matches(server -> !server.up());
    }

    @Test
    void keepsTheLastResultWhileACheckIsUnderWay() throws IOException {
        var servers =
                HaproxyStats.parsed(List.of(HEAD, "application,primary,2,60,UP 2/3,0,0,* L7OK,,18446744073709551615,"));

        assertThat(servers).containsEntry("primary", new Server("UP 2/3", "L7OK", 0, -1, 0, 0, 2, 60));
        assertThat(servers.get("primary")).matches(Server::up);
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> HaproxyStats.parsed(List.of("Unknown command")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Unknown command");
    }
}
