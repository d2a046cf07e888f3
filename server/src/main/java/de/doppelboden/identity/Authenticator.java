package de.doppelboden.identity;

/**
 * Says who somebody is by what she types. The one kind today is {@link LocalAccounts}; OIDC, LDAP and passkeys come in
 * here. Any thread; may take a while.
 */
public interface Authenticator {

    /** @param address where the attempt comes from, for limits */
    LogIn logIn(String login, String password, String address);
}
