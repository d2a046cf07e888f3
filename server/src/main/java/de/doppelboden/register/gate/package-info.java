/**
 * Purpose: the clerks' address of the register: to the primary or to the standby, whatever serves, without the clerk's doing.
 * Terms: gate, operation, clerk, session, log-in form, suspect, taking over a form, our pages (/notbetrieb/).
 * May use: gateway, gateway.http, cycle, continuity, configuration, identity, register; no framework.
 * Invariant: nothing but a safe read is ever sent to the primary twice; no header of ours is taken from a user.
 * Limits: sessions, held bodies, hedges and mirrors are bounded; a waiting request waits for a switch at most its budget.
 */
@NullMarked
package de.doppelboden.register.gate;

import org.jspecify.annotations.NullMarked;
