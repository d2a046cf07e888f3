package de.doppelboden.register.gate;

import de.doppelboden.continuity.Time;
import de.doppelboden.cycle.ServiceCycle;
import de.doppelboden.gateway.http.Cookies;
import de.doppelboden.gateway.http.RequestHead;
import de.doppelboden.gateway.http.SidePool;
import de.doppelboden.gateway.relay.Waiting;
import de.doppelboden.identity.RememberedLogins;
import java.util.Optional;

/**
 * What the parts of one gate share.
 *
 * @param primary connections to the primary
 * @param standby connections to the control process, which shows our pages
 */
record Parts(
        ServiceCycle cycle,
        Time time,
        SidePool primary,
        SidePool standby,
        OperationTable table,
        LogInForm logIn,
        Optional<SearchInterface> search,
        ClerkSessions sessions,
        Clerks clerks,
        Voucher voucher,
        Suspects suspects,
        RememberedLogins remembered,
        Waiting waiting) {

    /** Ends her session, by whichever cookie she has: at a desk of many nobody is to go on in another's name. */
    void logOut(RequestHead request) {
        Cookies.sent(request.headers(), logIn.settings().sessionCookie()).ifPresent(sessions::end);
        Cookies.sent(request.headers(), ToStandby.COOKIE).ifPresent(sessions::end);
    }
}
