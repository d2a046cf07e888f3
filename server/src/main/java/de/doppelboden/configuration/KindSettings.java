package de.doppelboden.configuration;

/** What only one kind of service is told. */
public sealed interface KindSettings permits RegisterSettings, WebAppSettings {

    /** The kinds of service there are. */
    enum Kind {
        REGISTER,
        WEBAPP
    }

    static KindSettings read(Kind kind, Section in) {
        if (in.describing()) {
            in.only(Kind.WEBAPP, WebAppSettings::read); // the keys of all kinds stand in the reference
            return in.only(Kind.REGISTER, RegisterSettings::read);
        }
        return switch (kind) {
            case REGISTER -> RegisterSettings.read(in);
            case WEBAPP -> WebAppSettings.read(in);
        };
    }
}
