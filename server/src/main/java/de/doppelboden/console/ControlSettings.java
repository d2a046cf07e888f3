package de.doppelboden.console;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import javax.sql.DataSource;

/**
 * What the control process needs to know at its start.
 *
 * @param data the installation's data folder; {@code keys/} in it holds the secrets
 * @param database opened lazily: the process starts and shows its pages without it
 * @param management the gateway's management address
 * @param secureCookies whether people reach the console by TLS
 */
public record ControlSettings(
        InetSocketAddress listen, Path data, DataSource database, URI management, boolean secureCookies) {}
