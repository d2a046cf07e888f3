package de.doppelboden.console;

import java.util.List;

/**
 * What surrounds each page: where its parts are, who is logged in, what she can go to, the token against forgery.
 *
 * @param base prefix of addresses: empty in the console, {@code /notbetrieb} behind a service's own address
 * @param name of the whole, as its users call it
 * @param login by which she is known here; empty if nobody is logged in
 * @param person the name shown as logged in; empty if nobody is
 * @param band one line above the page that must not be missed; empty without
 * @param csrf value of the hidden field {@code _csrf} in each form
 */
public record Shell(
        String base,
        String name,
        String login,
        String person,
        String office,
        List<Link> links,
        String band,
        String csrf,
        String logOut) {

    /** An entry of the navigation. */
    public record Link(String href, String text, boolean current) {}

    /** Address of a file of ours, with its content's hash, so that browsers may keep it for ever. */
    public String asset(String name) {
        return base + Assets.address(name);
    }
}
