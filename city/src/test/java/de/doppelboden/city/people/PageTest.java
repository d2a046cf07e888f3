package de.doppelboden.city.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.city.people.Page.Side;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final String HTML = """
            <!DOCTYPE html><html lang="de"><head><meta name="doppelboden-page" content='umzug'><style>p > a {}</style></head>
            <body><p title="a > b">Frau&nbsp;M&uuml;ller &amp; S&#246;hne</p>
            <a href="/notbetrieb/person/4711?x=1&amp;y=2" class=link>Zur <b>Person</b></a>
            <form method="POST" action="/notbetrieb/person/4711/umzug">
              <input type="hidden" name="_csrf" value="t&quot;k"><INPUT name=strasse value='Am Deich'>
              <input type="checkbox" name="hinweis" value="1"><input type="checkbox" name="gelesen" value="1" checked>
              <select name="art"><option value="x">X</option><option value="y" selected>Y</option></select>
              <textarea name="bemerkung">alt &lt;neu&gt;</textarea>
              <button name="senden">Senden</button>
            </form></body></html>""";

    private final Page page = Page.of(HTML);

    @Test
    void tellsWhosePageItIs() {
        assertThat(page.side()).isEqualTo(Side.STANDBY);
        assertThat(page.kind()).isEqualTo("umzug");
        assertThat(Page.of("<meta name=\"register-page\" content=\"suche\">").side())
                .isEqualTo(Side.PRIMARY);
        assertThat(Page.of("<h1>502 Bad Gateway</h1>").side()).isEqualTo(Side.NEITHER);
    }

    @Test
    void readsLinksAndText() {
        assertThat(page.links()).containsExactly(new Page.Link("/notbetrieb/person/4711?x=1&y=2", "Zur Person"));
        assertThat(page.text()).contains("& Söhne").doesNotContain("p > a");
    }

    @Test
    void sendsAFormAsABrowserDoes() {
        Page.Form form = page.formWith("strasse").orElseThrow().filled(Map.of("strasse", "Neuweg", "unbekannt", "1"));

        assertThat(form.posts()).isTrue();
        assertThat(form.fields())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "_csrf", "t\"k", "strasse", "Neuweg", "gelesen", "1", "art", "y", "bemerkung", "alt <neu>"));
    }
}
