/**
 * Purpose: the counter's pages while the standby serves, and the person-search interface answered from the copy.
 * Terms: clerk, sheet (a person as shown), act, receipt, provisional, take-over of an unfinished form, base version.
 * May use: continuity, identity, console's shell and texts, register's facade; Spring MVC, jte, PDFBox, qrcodegen.
 * Invariant: nobody is told that something is done before it and its journal entry are durable, in one transaction.
 * Limits: 50 hits a page, 200 letters a field, 64 KB a form.
 */
@NullMarked
package de.doppelboden.register.counter;

import org.jspecify.annotations.NullMarked;
