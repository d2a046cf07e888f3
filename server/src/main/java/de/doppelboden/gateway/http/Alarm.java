package de.doppelboden.gateway.http;

/** Something that is to happen once after a while, unless it is closed before. */
public sealed interface Alarm extends AutoCloseable permits Deadline {

    @Override
    void close();
}
