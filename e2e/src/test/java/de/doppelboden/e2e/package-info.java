/**
 * Purpose: what a browser and axe-core say of each page: desk and phone, with and without JavaScript, by keyboard, printed.
 * Terms: page, walk.
 * May use: the model city, the server and its test fixtures, Playwright.
 * Invariant: without a Chromium on the machine every test is skipped and says so.
 * Limits: pages are served on loopback by the model city or a console of the test's own; the browser reaches nothing else.
 */
package de.doppelboden.e2e;
