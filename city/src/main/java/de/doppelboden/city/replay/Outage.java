package de.doppelboden.city.replay;

import de.doppelboden.city.peer.PeerMissing;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A historic outage that can be played.
 *
 * @param name as it is typed
 */
public record Outage(String name, Play play) {

    /**
     * What a person may set of it.
     *
     * @param folder empty; everything of the replay is in it
     * @param residents of the city's register, where it has one
     * @param alone only the group without the second floor
     */
    public record Setting(Path folder, long seed, int residents, boolean alone) {}

    /** Plays it in real time. */
    @FunctionalInterface
    public interface Play {

        /** @throws PeerMissing if a program beside which ours is played is not installed */
        Played play(Setting setting) throws IOException, SQLException, InterruptedException, PeerMissing;
    }
}
