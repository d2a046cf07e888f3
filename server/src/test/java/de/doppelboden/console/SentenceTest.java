package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    the primary gives no answer: 15 of 15 requests within 580 ms were late, wrong or unanswered, none is waiting; the standby answered 15 of 15 well at the same time | Der Regelbetrieb antwortet nicht: 15 von 15 Anfragen in 580 ms waren zu spät, falsch oder ohne Antwort, keine wartet; der Notbetrieb beantwortete gleichzeitig 15 von 15 gut.
                    the primary gives no answer: 9 of 12 requests (GET /suche), of users 6 of 7, within 580 ms were late, wrong or unanswered, none is waiting; the standby answered 15 of 15 well at the same time | Der Regelbetrieb antwortet nicht: 9 von 12 Anfragen (GET /suche), von Nutzern 6 von 7, in 580 ms waren zu spät, falsch oder ohne Antwort, keine wartet; der Notbetrieb beantwortete gleichzeitig 15 von 15 gut.
                    16 of 16 requests, none of users, to the primary within 835 ms were late, wrong or waiting, which may still be chance or a pause | 16 von 16 Anfragen, keine von Nutzern, an den Regelbetrieb in 835 ms waren zu spät, falsch oder warteten; das kann noch Zufall oder eine Pause sein.
                    the primary keeps users waiting: 34 of 40 requests (register.search, register.view) within 4.2 s were past half their time, 12 are waiting, the longest for 2.1 s; the standby answered 12 of 12 well at the same time | Der Regelbetrieb lässt warten: 34 von 40 Anfragen (Suche, Ansehen) in 4,2 s hatten schon die halbe Zeit verbraucht, 12 warten, die längste seit 2,1 s; der Notbetrieb beantwortete gleichzeitig 12 von 12 gut.
                    PRIMARY is FAILED: the primary answered 0 of the last 118 requests well; primary failed, standby failed | Urteil über den Regelbetrieb: ausgefallen – der Regelbetrieb beantwortete 0 der letzten 118 Anfragen gut; Regelbetrieb ausgefallen, Notbetrieb ausgefallen.
                    users are on the standby; the primary must be well for 3.0 s before it is tried; nothing was observed in the last minute | Alle arbeiten im Notbetrieb; der Regelbetrieb muss 3,0 s lang in Ordnung sein, bevor er erprobt wird; in der letzten Minute wurde nichts beobachtet.
                    only GET /vorgang/*, POST /antrag moved to the standby: the primary gives wrong answers: 7 of 19 requests (GET /vorgang/*, POST /antrag) within 2.0 s were late, wrong or unanswered, none is waiting; the standby answered 9 of 9 well at the same time | Nur GET /vorgang/*, POST /antrag in den Notbetrieb umgeschaltet: der Regelbetrieb antwortet falsch: 7 von 19 Anfragen (GET /vorgang/*, POST /antrag) in 2,0 s waren zu spät, falsch oder ohne Antwort, keine wartet; der Notbetrieb beantwortete gleichzeitig 9 von 9 gut.
                    the primary cannot be read now: Connection to 127.0.0.1:45297 refused. | Die Daten des Regelbetriebs lassen sich gerade nicht lesen.
                    """)
    void aSentenceOfTheLoopIsSaidInGerman(String english, String german) {
        Sentence said = Sentence.of(english);

        assertThat(said.text()).isEqualTo(german);
        assertThat(said.german()).isTrue();
        assertThat(said.english()).isEqualTo(english);
    }

    @Test
    void whatAPersonWroteStaysAsItIs() {
        assertThat(Sentence.of("ordered by a person: Speicher lahmt; $1 {2} \\E")
                        .text())
                .isEqualTo("Von einem Menschen angeordnet: Speicher lahmt; $1 {2} \\E.");
    }

    @Test
    void whatHasNoGermanIsShownInItsOwnWords() {
        Sentence said = Sentence.of("something that nobody has put into German yet");

        assertThat(said.german()).isFalse();
        assertThat(said.text()).isEqualTo("something that nobody has put into German yet");
        assertThat(Sentence.of("").text()).isEmpty();
    }

    @Test
    void aLongStrangeTextCostsLittle() {
        String strange = "the primary gets 1 of 2, ; : ".repeat(120);

        assertThat(Sentence.of(strange).german()).isFalse();
    }
}
