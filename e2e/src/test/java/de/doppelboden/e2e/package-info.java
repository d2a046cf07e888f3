/**
 * Purpose: what a browser and axe-core say of each page: desk and phone, with and without JavaScript, by keyboard, printed.
 * Terms: page, walk.
 * May use: the server and its test fixtures, Playwright.
 * Invariant: without a Chromium on the machine every test is skipped and says so.
 * Limits: pages are served by a console of the test's own on loopback; the browser reaches nothing else.
 */
package de.doppelboden.e2e;
