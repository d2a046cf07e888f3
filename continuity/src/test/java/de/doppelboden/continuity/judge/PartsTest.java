package de.doppelboden.continuity.judge;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Service;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which classes are left alone, and when the whole side is. */
class PartsTest {

    @Test
    void aClassIsLeftAloneWhereTheStandbyDoesAnotherWrong() {
        for (var seed = 1; seed <= 5; seed++) {
            var scene = new JudgeScene(seed, 200, sharing());
            scene.pass(30);
            scene.faultNow();
            scene.primary().failingClass = "register";
            scene.standby().failingClass = "mail";

            assertThat(leftAlone(scene)).containsOnly("register.read");
            assertThat(scene.leftAfter).isBetween(0.0, 1.5);
        }
    }

    @Test
    void aClassThatIsNotAnsweredIsLeftAloneWhereTheStandbyDoesNotAnswerAnother() {
        for (var seed = 1; seed <= 5; seed++) {
            var scene = new JudgeScene(seed, 200, sharing());
            scene.pass(30);
            scene.faultNow();
            scene.primary().hangingClass = "register";
            scene.standby().hangingClass = "mail";

            assertThat(leftAlone(scene)).contains("register.read").isSubsetOf("register.read", "register.write");
            assertThat(scene.leftAfter).isBetween(0.0, 1.5);
        }
    }

    @Test
    void aClassThatFailsIsLeftAloneThoughItsWritesAreOnlySuspected() {
        for (var seed = 1; seed <= 5; seed++) {
            var scene = new JudgeScene(seed, 200, sharing());
            scene.pass(30);
            scene.faultNow();
            scene.primary().failingClass = "register";

            assertThat(leftAlone(scene)).contains("register.read").isSubsetOf("register.read", "register.write");
        }
    }

    /** The classes that users are moved from when something speaks for the first time; none: the whole side. */
    private static Set<String> leftAlone(JudgeScene scene) {
        for (var pass = 0; pass < 100 && scene.leftAfter < 0; pass++) {
            scene.pass(0.05);
        }
        return scene.evidence.illClasses();
    }

    /** Both sides write one store. */
    private static Service sharing() {
        var of = Service.of("portal", KeyKind.FREE, JudgeScene.portal());
        return new Service(
                of.id(),
                of.keys(),
                true,
                of.operations(),
                of.mode(),
                of.judge(),
                of.returning(),
                of.lease(),
                of.proof());
    }
}
