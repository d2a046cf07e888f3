package de.doppelboden.register.counter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDNumberTreeNode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * One A4 page of headings and paragraphs, tagged so that a screen reader reads it in order (PDF/UA-1, ISO 14289-1): each
 * text is marked content that belongs to an element of the structure tree, in German, in an embedded font that has all
 * letters of DIN 91379. All pages share the font, so they are made one at a time.
 */
final class TaggedPage implements AutoCloseable {

    private static final float LEFT = 70;
    private static final float TOP = 780;
    private static final float WIDTH = 455;

    /** Parsed once, when it is first needed: that takes several times as long as a page. */
    private static final class Font {

        private static final String NAME = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
        private static final TrueTypeFont PARSED = parsed();

        private static TrueTypeFont parsed() {
            try (var ttf = Objects.requireNonNull(PDDocument.class.getResourceAsStream(NAME), NAME)) {
                return new TTFParser().parse(new RandomAccessReadBuffer(ttf));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final PDDocument document = new PDDocument();
    private final PDPage page = new PDPage(PDRectangle.A4);
    private final PDStructureElement root = new PDStructureElement("Document", null);
    private final List<PDStructureElement> marked = new ArrayList<>();
    private final PDFont font;
    private final PDPageContentStream content;
    private final String title;
    private float y = TOP;

    TaggedPage(String title) throws IOException {
        this.title = title;
        document.addPage(page);
        font = PDType0Font.load(document, Font.PARSED, true);
        content = new PDPageContentStream(document, page);
    }

    TaggedPage heading(String text) throws IOException {
        return element("H1", text, 18, 30);
    }

    TaggedPage paragraph(String text) throws IOException {
        return element("P", text, 10.5f, 8);
    }

    /** A label and its value on one line; one paragraph to a screen reader. */
    TaggedPage line(String label, String value) throws IOException {
        return element("P", label + ": " + value, 11.5f, 6);
    }

    TaggedPage gap() {
        y -= 14;
        return this;
    }

    private TaggedPage element(String type, String text, float size, float after) throws IOException {
        var element = new PDStructureElement(type, root);
        element.setPage(page);
        root.appendKid(element);
        var mark = new COSDictionary();
        mark.setInt(COSName.MCID, marked.size());
        content.beginMarkedContent(COSName.getPDFName(type), PDPropertyList.create(mark));
        for (var line : wrapped(text, size)) {
            content.beginText();
            content.setFont(font, size);
            content.newLineAtOffset(LEFT, y);
            content.showText(line);
            content.endText();
            y -= size * 1.35f;
        }
        content.endMarkedContent();
        element.appendKid(marked.size());
        marked.add(element);
        y -= after;
        return this;
    }

    private List<String> wrapped(String text, float size) throws IOException {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ")) {
            var longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && font.getStringWidth(longer) / 1000 * size > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(word);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** Ends the page and gives its bytes. */
    byte[] bytes(Instant now) throws IOException {
        content.close();
        structure();
        describe(now);
        var out = new ByteArrayOutputStream(64 * 1024);
        document.save(out);
        return out.toByteArray();
    }

    private void structure() {
        var tree = new PDStructureTreeRoot();
        tree.appendKid(root);
        root.setParent(tree);
        var elements = new COSArray();
        marked.forEach(element -> elements.add(element.getCOSObject()));
        var parents = new PDNumberTreeNode(PDParentTreeValue.class);
        parents.setNumbers(Map.of(0, new PDParentTreeValue(elements)));
        tree.setParentTree(parents);
        tree.setParentTreeNextKey(1);
        page.setStructParents(0);
        page.getCOSObject().setName(COSName.getPDFName("Tabs"), "S");
        var catalog = document.getDocumentCatalog();
        catalog.setStructureTreeRoot(tree);
        var info = new PDMarkInfo();
        info.setMarked(true);
        catalog.setMarkInfo(info);
    }

    private void describe(Instant now) throws IOException {
        var catalog = document.getDocumentCatalog();
        catalog.setLanguage("de-DE");
        var preferences = new PDViewerPreferences(new COSDictionary());
        preferences.setDisplayDocTitle(true);
        catalog.setViewerPreferences(preferences);
        var information = new PDDocumentInformation();
        information.setTitle(title);
        information.setProducer("Doppelboden");
        information.setCreationDate(GregorianCalendar.from(now.atZone(Shown.ZONE)));
        document.setDocumentInformation(information);
        var xmp = """
                <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
                 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
                <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
                </rdf:Description></rdf:RDF></x:xmpmeta>
                <?xpacket end="w"?>""".formatted(title);
        var metadata = new PDMetadata(document);
        metadata.importXMPMetadata(xmp.getBytes(StandardCharsets.UTF_8));
        catalog.setMetadata(metadata);
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
