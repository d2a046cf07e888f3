package de.doppelboden.city.limping;

import java.util.List;

/** What somebody comes for: the pages, in order. */
enum Errand {
    /** A teacher fetches the list of a class. */
    CLASS_LIST("Klassenliste holen", List.of(read("classlist"), read("classlist/#"))),

    /** A clerk moves an appointment and sees that it is moved. */
    APPOINTMENT(
            "Termin verlegen",
            List.of(read("appointments"), read("appointments/#"), write("appointments/#"), read("appointments"))),

    /** Somebody reads a mail and answers it. */
    MAIL("E-Mail beantworten", List.of(read("mail"), read("mail/#"), write("mail"))),

    /** A clerk at the counter enters a move. */
    MOVE("Umzug eintragen", List.of(read("register/#"), read("register/#/move"), write("register/#/move")));

    /** One page, or one form; {@code #} stands for the number of a class, an appointment, a mail, a person. */
    record Step(String path, boolean write) {

        String path(int of) {
            return "/app/" + path.replace("#", Integer.toString(of));
        }
    }

    private final String german;
    private final List<Step> steps;

    Errand(String german, List<Step> steps) {
        this.german = german;
        this.steps = steps;
    }

    private static Step read(String path) {
        return new Step(path, false);
    }

    private static Step write(String path) {
        return new Step(path, true);
    }

    String german() {
        return german;
    }

    List<Step> steps() {
        return steps;
    }
}
