package de.doppelboden.identity;

import java.time.Duration;
import java.util.Optional;

/** Log-in by a name and a password that Doppelboden keeps itself. */
final class LocalAccounts implements Authenticator {

    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final LogInLimits limits;

    LocalAccounts(Accounts accounts, PasswordHasher hasher, LogInLimits limits) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.limits = limits;
    }

    @Override
    public LogIn logIn(String login, String password, String address) {
        String name = Accounts.normal(login);
        Duration wait = limits.attempt(name, address);
        if (!wait.isZero()) {
            return new LogIn.Throttled(wait);
        }
        Optional<Accounts.Account> account =
                accounts.account(name).filter(found -> found.person().active());
        Optional<Boolean> right = account.isPresent()
                ? hasher.matches(password, account.get().password())
                : hasher.matchesNobody(password);
        if (right.isEmpty()) {
            limits.giveBack(name, address);
            return new LogIn.Unavailable("too many people log in at once");
        }
        if (account.isEmpty() || !right.get()) {
            return new LogIn.Refused();
        }
        limits.right(name, address);
        return new LogIn.Accepted(account.get().person());
    }
}
