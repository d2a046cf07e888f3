package de.doppelboden.register.counter;

import static de.doppelboden.console.Texts.t;

import java.io.IOException;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** The simple certificate of residence (Meldebescheinigung, BMG section 18 (1)) as PDF, with the time of its data. */
@Component
final class Certificate {

    /** A provisional address is named as such: what the certificate certifies is the register. One at a time, for the font. */
    synchronized byte[] of(Sheet sheet, String office, Instant now) throws IOException {
        var person = sheet.resident();
        var names = person.names();
        try (var page = new TaggedPage(t("counter.certificate.title"))) {
            page.heading(t("counter.certificate.title")).paragraph(t("counter.certificate.law"));
            page.gap();
            page.line(t("counter.family"), (names.doctorate() + " " + names.family()).strip());
            optional(page, t("counter.birthname"), names.birthName());
            optional(page, t("counter.former"), names.former());
            page.line(t("counter.forenames"), names.forenames());
            optional(page, t("counter.callname"), names.callName());
            page.line(t("counter.born"), Shown.day(person.birth().date()));
            page.line(t("counter.certificate.address"), person.address().line());
            page.line(t("counter.movedin"), Shown.day(person.movedIn()));
            var move = sheet.provisionalMove();
            if (move.isPresent()) {
                page.gap()
                        .paragraph(t(
                                "counter.certificate.provisional",
                                sheet.address().line()));
            }
            page.gap().line(t("counter.certificate.office"), office);
            page.line(t("counter.certificate.issued"), Shown.time(now));
            page.line(t("counter.certificate.asof"), Shown.time(sheet.asOf()));
            page.paragraph(t("counter.certificate.note"));
            return page.bytes(now);
        }
    }

    private static void optional(TaggedPage page, String label, String value) throws IOException {
        if (!value.isEmpty()) {
            page.line(label, value);
        }
    }
}
