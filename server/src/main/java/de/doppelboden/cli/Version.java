package de.doppelboden.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest; a run from class files has none. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"doppelboden " + (version == null ? "(not packaged)" : version)};
    }
}
