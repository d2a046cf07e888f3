package de.doppelboden.gateway.wire;

/** Something that is to happen once after a while, unless it is closed before. */
public sealed interface Alarm extends AutoCloseable permits Deadline {

    @Override
    void close();
}
