package de.doppelboden.city.limping;

import de.doppelboden.city.peer.HaproxyStats.Server;

/** What a front says of itself at one moment. */
sealed interface View {

    /** Whether it sends users to the primary. */
    boolean primaryServes();

    /** Whether it sends everybody there, and nothing is under way. */
    boolean home();

    /** HAProxy's statistics of its two servers. */
    record Haproxy(Server primary, Server standby) implements View {

        @Override
        public boolean primaryServes() {
            return primary.up() || !standby.up();
        }

        @Override
        public boolean home() {
            return primary.up();
        }

        boolean green() {
            return primary.up() && primary.check().equals("L7OK");
        }
    }

    /**
     * The product's status.
     *
     * @param home everybody is served by the primary, and nothing is under way
     * @param reason the sentence of the loop's last pass
     */
    record Floor(boolean primaryServes, boolean home, String state, String reason) implements View {}
}
