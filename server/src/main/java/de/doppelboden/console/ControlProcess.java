package de.doppelboden.console;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The running control process: one Tomcat on virtual threads. Started once; closing it ends requests in hand first. */
public final class ControlProcess implements AutoCloseable {

    private final ServletWebServerApplicationContext context;
    private final InetSocketAddress address;

    private ControlProcess(ServletWebServerApplicationContext context, InetSocketAddress address) {
        this.context = context;
        this.address = address;
    }

    /** Returns when pages are served. */
    public static ControlProcess start(ControlSettings settings) {
        return start(settings, ConsoleConfiguration.class);
    }

    static ControlProcess start(ControlSettings settings, Class<?>... parts) {
        var context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(parts)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(properties(settings))
                .initializers(c -> c.getBeanFactory().registerSingleton("controlSettings", settings))
                .run();
        var server = context.getWebServer();
        if (server == null) {
            throw new IllegalStateException("the web server did not start");
        }
        return new ControlProcess(
                context, new InetSocketAddress(settings.listen().getAddress(), server.getPort()));
    }

    /** Where it really listens; differs from the settings when they say port 0. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        context.close();
    }

    /** Everything Boot would read from files; nothing is read from the class path or the environment by surprise. */
    private static Map<String, Object> properties(ControlSettings settings) {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put("server.address", settings.listen().getAddress().getHostAddress());
        p.put("server.port", settings.listen().getPort());
        p.put("server.shutdown", "graceful");
        p.put("spring.lifecycle.timeout-per-shutdown-phase", "2s");
        p.put("spring.threads.virtual.enabled", true);
        p.put("spring.main.lazy-initialization", false);
        p.put("spring.jmx.enabled", false);
        p.put("spring.config.location", "optional:classpath:/none/");
        p.put("spring.web.resources.add-mappings", false);
        p.put("spring.mvc.problemdetails.enabled", false);
        p.put("server.max-http-request-header-size", "16KB");
        p.put("server.tomcat.max-http-form-post-size", "64KB");
        p.put("server.tomcat.max-swallow-size", "128KB");
        p.put("server.tomcat.max-parameter-count", 200);
        p.put("server.tomcat.max-connections", 1024);
        p.put("server.tomcat.connection-timeout", "10s");
        p.put("server.tomcat.keep-alive-timeout", "60s");
        p.put("server.tomcat.max-keep-alive-requests", -1);
        p.put("server.tomcat.mbeanregistry.enabled", false);
        p.put("server.error.whitelabel.enabled", false);
        p.put("server.servlet.register-default-servlet", false);
        p.put("server.servlet.session.tracking-modes", "cookie");
        p.put("logging.level.root", "WARN");
        p.put("logging.level.org.springframework.web.servlet", "ERROR");
        p.put("logging.level.de.doppelboden", "INFO");
        p.put("logging.register-shutdown-hook", false);
        return p;
    }
}
