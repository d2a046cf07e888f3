package de.doppelboden.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Somebody at a browser, who looks at each page at her desk, on her phone, and on the smallest of all. */
final class Visitor implements AutoCloseable {

    private static final int DESK = 1280;
    private static final int PHONE = 390;
    private static final int SMALLEST = 320;
    private static final int[] WIDTHS = {DESK, PHONE, SMALLEST};
    private static final int HEIGHT = 900;
    private static final String AXE = read("/axe/axe-4.14.1.min.js");

    /** Where pictures for people to look at are laid down; with {@code PICTURES=1} in the environment, one of every page. */
    static final Path PICTURES = Path.of("target", "pages");

    private static final boolean WANTED = System.getenv("PICTURES") != null;

    final BrowserContext context;
    final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visitor(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.setViewportSize(DESK, HEIGHT);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("the server responded with a status of")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    /** At the console. */
    void logIn(String login, String password) {
        page.navigate("/anmeldung");
        page.fill("#kennung", login);
        page.fill("#kennwort", password);
        page.click("main button[type=submit]");
        assertThat(page.url()).doesNotContain("/anmeldung");
    }

    /** At the city's register, which has its own page for it. */
    void logInAtThePrimary(String login, String password) {
        page.navigate("/");
        page.fill("[name=kennung]", login);
        page.fill("[name=kennwort]", password);
        page.click("form[action='/anmeldung'] button");
        assertThat(page.url()).doesNotContain("anmeldung");
    }

    /** Fills in the fields of these names, and sends the form in which they stand. */
    void send(Map<String, String> fields) {
        String first = fields.keySet().iterator().next();
        Locator form = page.locator("main form:has([name=" + first + "])").last();
        fields.forEach((name, value) -> form.locator("[name=" + name + "]").fill(value));
        form.locator("button").first().click();
    }

    /** Opens a page and looks at it. */
    void examine(String path) {
        page.navigate(path);
        examineAsShown(path);
    }

    /** At each width nothing sticks out sideways and axe-core finds nothing; the browser complains of nothing. */
    void examineAsShown(String what) {
        for (int width : WIDTHS) {
            page.setViewportSize(width, HEIGHT);
            Object sideways =
                    page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assertThat(((Number) sideways).intValue())
                    .as("%s at %d px sticks out sideways", what, width)
                    .isLessThanOrEqualTo(0);
            picture(what + " " + width);
            if (width != PHONE) { // between the two others axe-core has nothing new to say
                assertThat(accessible()).as("%s at %d px", what, width).isEmpty();
            }
        }
        page.setViewportSize(DESK, HEIGHT);
        assertThat(complaints).as("what the browser complains of, %s", what).isEmpty();
    }

    private List<?> accessible() {
        if (Boolean.FALSE.equals(page.evaluate("typeof axe === 'object'"))) {
            page.evaluate(AXE);
        }
        Map<?, ?> result = (Map<?, ?>) page.evaluate("""
                axe.run().then(r => ({rules: r.passes.length, violations: r.violations.map(
                    v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html.substring(0, 200)).join(' | '))}))
                """);
        assertThat(((Number) Objects.requireNonNull(result.get("rules"))).intValue())
                .as("rules that axe-core could apply")
                .isGreaterThan(10);
        return (List<?>) Objects.requireNonNull(result.get("violations"));
    }

    /** A picture of the whole page; taken when pictures are asked for. */
    void picture(String name) {
        if (WANTED) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(PICTURES.resolve(
                            name.replaceAll("[^A-Za-z0-9]+", "-").replaceFirst("^-", "page-") + ".png")));
        }
    }

    /** The page as it is printed; laid down when pictures are asked for. */
    byte[] paper(String name) {
        Page.PdfOptions options = new Page.PdfOptions().setFormat("A4");
        return page.pdf(WANTED ? options.setPath(PICTURES.resolve(name + ".pdf")) : options);
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
