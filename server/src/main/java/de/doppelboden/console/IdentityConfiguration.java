package de.doppelboden.console;

import de.doppelboden.identity.FormTokens;
import de.doppelboden.identity.Identity;
import de.doppelboden.identity.IdentitySignature;
import de.doppelboden.identity.Sessions;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of identity as beans. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

    @Bean
    Identity identity(ControlSettings settings, InstantSource clock) throws IOException {
        return Identity.open(settings.database().dataSource(), settings.data().resolve("keys"), clock);
    }

    @Bean
    IdentitySignature identitySignature(Identity identity) {
        return identity.signature();
    }

    @Bean
    FormTokens formTokens(Identity identity) {
        return identity.formTokens();
    }

    @Bean
    Sessions consoleSessions(Identity identity, ControlSettings settings) {
        return identity.sessions("console", settings.session());
    }
}
