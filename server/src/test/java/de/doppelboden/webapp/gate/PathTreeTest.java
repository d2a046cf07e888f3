package de.doppelboden.webapp.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTreeTest {

    private final PathTree<String> tree = new PathTree<>();

    private String learnt(String path) {
        tree.learn(path, pattern -> pattern);
        return tree.find(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/app/mail, /app/mail",
        "/app/mail/, /app/mail",
        "/person/4711/umzug, /person/*/umzug",
        "/f/550e8400-e29b-41d4-a716-446655440000, /f/*",
        "/static/app.8f3c2a91b7.js, /static/*",
        "/suche/M%C3%BCller, /suche/*",
        "/v1/personen, /v1/personen",
        "/klasse/7a, /klasse/7a",
        "/a/b/c/d/e/f/g/h, /a/b/c/d/e/f",
        "/eine-sehr-lange-ueberschrift-eines-artikels, /*"
    })
    void namesThePatternOfAPath(String path, String pattern) {
        assertThat(learnt(path)).isEqualTo(pattern);
    }

    @Test
    void knowsNothingOfAPathThatItHasNotLearnt() {
        learnt("/person/1");

        assertThat(tree.find("/person/2")).isEqualTo("/person/*");
        assertThat(tree.find("/person")).isNull();
        assertThat(tree.find("/person/2/umzug")).isNull();
    }

    @Test
    void aPlaceWithTooManyNamesHasOnePatternForAllThatFollow() {
        Set<String> patterns = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            patterns.add(learnt("/wiki/" + name(i)));
        }

        assertThat(patterns).hasSizeLessThanOrEqualTo(PathTree.CHILDREN + 1).contains("/wiki/*");
        assertThat(tree.find("/wiki/" + name(7))).isEqualTo("/wiki/*");
    }

    private static String name(int i) {
        return "" + (char) ('a' + i % 26) + (char) ('a' + i / 26 % 26);
    }

    @Test
    void readsAnyPathWithoutComplaint() {
        for (String path : new String[] {"", "*", "//", "/ä/ö", "/a//b", "/" + "x/".repeat(5_000)}) {
            learnt(path);
        }
        assertThat(tree.find("/a//b")).isNotNull();
    }
}
