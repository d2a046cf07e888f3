package de.doppelboden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Somebody at a browser, who looks at each page at her desk and on a small phone. */
final class Visitor implements AutoCloseable {

    static final int[] WIDTHS = {1280, 320};
    private static final String AXE = read("/axe/axe-4.14.1.min.js");

    final BrowserContext context;
    final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visitor(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("status of 4")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    void logIn(String login, String password) {
        page.navigate("/anmeldung");
        page.fill("#kennung", login);
        page.fill("#kennwort", password);
        page.click("main button[type=submit]");
        assertThat(page.url()).doesNotContain("/anmeldung");
    }

    /** Opens a page at both widths: nothing sticks out sideways, axe-core finds nothing, the browser complains of nothing. */
    void examine(String path) {
        for (int width : WIDTHS) {
            page.setViewportSize(width, 900);
            page.navigate(path);
            examineAsShown(path + " at " + width);
        }
    }

    void examineAsShown(String what) {
        Object sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) sideways).intValue())
                .as("%s sticks out sideways", what)
                .isLessThanOrEqualTo(0);
        page.evaluate(AXE);
        Object found = page.evaluate("""
                axe.run().then(r => ({rules: r.passes.length, violations: r.violations.map(
                    v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html.substring(0, 200)).join(' | '))}))
                """);
        Map<?, ?> result = (Map<?, ?>) found;
        assertThat(((Number) Objects.requireNonNull(result.get("rules"))).intValue())
                .as("rules that axe-core could apply")
                .isGreaterThan(10);
        assertThat((List<?>) result.get("violations")).as(what).isEmpty();
        assertThat(complaints).as("what the browser complains of, %s", what).isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(Visitor.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
