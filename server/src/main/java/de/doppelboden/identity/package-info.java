/**
 * Purpose: who somebody is and what she may do; also while the database or the primary is gone.
 * Terms: person, role, office, account, session token, remembered log-in, gateway identity.
 * May use: the JDK, Jackson, BouncyCastle, JDBC; no Spring, because the gateway uses it as well.
 * Invariant: a wrong password never gets in; no secret is in a log, a page or an error.
 * Limits: hashes at once, attempts per account and address, rows held in memory are all bounded.
 */
@NullMarked
package de.doppelboden.identity;

import org.jspecify.annotations.NullMarked;
