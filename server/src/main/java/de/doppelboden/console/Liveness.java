package de.doppelboden.console;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the process answers at all; asked by the supervisor. */
@RestController
final class Liveness {

    @GetMapping("/livez")
    ResponseEntity<String> alive() {
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("ok\n");
    }
}
