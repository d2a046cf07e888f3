package de.doppelboden.console;

import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/**
 * Renders the view {@code console/situation} with the template {@code console/situation.jte}. A page is written into
 * memory first, so that an error in it becomes an error page and not half a page.
 */
@Component
final class JteViews implements ViewResolver, Ordered {

    private final TemplateEngine templates;
    private final ShellFactory shells;

    JteViews(TemplateEngine templates, ShellFactory shells) {
        this.templates = templates;
        this.shells = shells;
    }

    @Override
    public @Nullable View resolveViewName(String name, Locale locale) {
        String template = name + ".jte";
        return templates.hasTemplate(template) ? new JteView(template) : null;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    private final class JteView implements View {
        private final String template;

        JteView(String template) {
            this.template = template;
        }

        @Override
        public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            Map<String, Object> parameters = new HashMap<>();
            templates.getParamInfo(template).forEach((name, type) -> {
                if (model != null && model.get(name) != null) {
                    parameters.put(name, model.get(name));
                }
            });
            parameters.put("shell", shells.shell(request));
            Utf8ByteOutput page = new Utf8ByteOutput();
            templates.render(template, parameters, page);
            response.setContentType("text/html;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setContentLength(page.getContentLength());
            page.writeTo(response.getOutputStream());
        }
    }
}
