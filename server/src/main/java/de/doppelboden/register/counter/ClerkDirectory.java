package de.doppelboden.register.counter;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** The clerks of the copy, with their offices and rights. */
@Component
final class ClerkDirectory {

    private final DataSource database;

    ClerkDirectory(DataSource database) {
        this.database = database;
    }

    /** A clerk as the primary has her. */
    record Clerk(String login, String name, String office, List<String> roles, List<String> rights) {}

    Optional<Clerk> active(String login) throws SQLException {
        var sql = "select name, dienststelle, rollen, rechte from register.clerk where kennung = ? and aktiv";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, login);
            try (var row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Clerk(
                                login,
                                row.getString(1),
                                row.getString(2),
                                List.of((String[]) row.getArray(3).getArray()),
                                List.of((String[]) row.getArray(4).getArray())))
                        : Optional.empty();
            }
        }
    }
}
