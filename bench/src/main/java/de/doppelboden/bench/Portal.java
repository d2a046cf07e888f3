package de.doppelboden.bench;

import de.doppelboden.city.peer.Template;
import de.doppelboden.city.replay.Product;
import de.doppelboden.configuration.DataFolder;
import java.nio.file.Path;
import java.util.Map;

/** The whole product in front of a web application: its database, its control process, its gateway with the judge. */
final class Portal {

    private Portal() {}

    /**
     * Starts it, and waits until it is ready.
     *
     * @param folder an empty one of its own; {@code {work}} in the template
     * @param template a resource with words in braces
     */
    static Product start(Path folder, String template, Map<String, Object> words) throws Exception {
        DataFolder.prepare(folder);
        var product = Product.start(Template.fill(template, folder.resolve("doppelboden.yaml"), words));
        try {
            product.awaitRunning();
            return product;
        } catch (Exception e) {
            product.close();
            throw e;
        }
    }
}
