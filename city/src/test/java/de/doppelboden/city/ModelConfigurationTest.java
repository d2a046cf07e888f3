package de.doppelboden.city;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.city.ModelConfiguration.Ports;
import de.doppelboden.city.ModelConfiguration.Secrets;
import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.RegisterSettings;
import de.doppelboden.configuration.ServiceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelConfigurationTest {

    @TempDir
    private Path folder;

    @Test
    void isRightByTheProductsOwnRules() throws IOException {
        Secrets secrets = Secrets.of(folder.resolve("city/keys"), new SecureRandom());
        Path file = folder.resolve("doppelboden.yaml");

        ModelConfiguration.write(file, Ports.MODEL_CITY, secrets, 1, "stadt", ModelConfiguration.Times.MODEL_CITY);

        Configuration.Loaded loaded = Configuration.load(file, Map.of());
        assertThat(loaded).isInstanceOf(Configuration.Valid.class);
        ServiceSettings register = ((Configuration.Valid) loaded)
                .configuration()
                .service("register")
                .orElseThrow();
        assertThat(((RegisterSettings) register.kind()).operations()).hasSizeGreaterThan(8);
        assertThat(register.probe().search().orElseThrow()).matches("nachname=[A-Za-z]+&vorname=[A-Za-z]+");
        RegisterSettings settings = (RegisterSettings) register.kind();
        assertThat(Files.readString(settings.feed().passwordFile()).strip()).isEqualTo(secrets.feedPassword());
        assertThat(Files.readString(settings.replay().tokenFile()).strip()).isEqualTo(secrets.interfaceToken());
    }

    @Test
    void keepsItsSecretsFromOneStartToTheNext() throws IOException {
        Secrets first = Secrets.of(folder, new SecureRandom());

        assertThat(Secrets.of(folder, new SecureRandom())).isEqualTo(first);
    }
}
