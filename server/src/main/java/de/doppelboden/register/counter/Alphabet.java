package de.doppelboden.register.counter;

import de.doppelboden.register.SearchForm;
import java.util.OptionalInt;

/** Which characters a field may have: letters of DIN 91379, and what belongs to them in names, addresses and remarks. */
enum Alphabet {
    NAME(" '’`.,-+"),
    ADDRESS(" '’`.,-+/&()0123456789"),
    REMARK(" '’`.,-+/&():;0123456789!?%§=*\"„“–_@");

    private final String others;

    Alphabet(String others) {
        this.others = others;
    }

    /** The first character that must not be there. */
    OptionalInt stranger(String text) {
        return text.codePoints()
                .filter(c -> !Character.isLetter(c) && Character.getType(c) != Character.NON_SPACING_MARK)
                .filter(c -> others.indexOf(c) < 0)
                .findFirst();
    }

    boolean knowsLetters(String text) {
        return SearchForm.knowsAllLetters(text);
    }
}
