package de.doppelboden.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell script, alone in a folder, as where nothing is installed yet. */
class LauncherTest {

    private static final Path SCRIPT = Repository.ROOT.resolve("doppelboden");

    @TempDir
    Path home;

    private HttpServer mirror;
    private byte[] served = new byte[0];
    private String said = "";

    @BeforeEach
    void install() throws IOException {
        Files.copy(SCRIPT, home.resolve("doppelboden"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        mirror.createContext("/jdk.tar.gz", exchange -> {
            exchange.sendResponseHeaders(200, served.length);
            exchange.getResponseBody().write(served);
            exchange.close();
        });
        mirror.start();
    }

    @AfterEach
    void stop() {
        mirror.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox"})
    void isReadByEveryShell(String shell) throws Exception {
        assumeThat(Path.of("/bin", shell)).as(shell + " is not installed").exists();
        List<String> command = new ArrayList<>(List.of("/bin/" + shell));
        if (shell.equals("busybox")) {
            command.add("sh");
        }
        command.addAll(List.of("-n", SCRIPT.toString()));

        assertThat(run(command, Map.of())).as(said).isZero();
    }

    @Test
    void shellcheckFindsNothing() throws Exception {
        assumeThat(Path.of("/usr/bin/shellcheck"))
                .as("shellcheck is not installed")
                .exists();

        for (String script : List.of("doppelboden", ".ci/run")) {
            assertThat(run(List.of("shellcheck", Repository.ROOT.resolve(script).toString()), Map.of()))
                    .as(said)
                    .isZero();
        }
    }

    @Test
    void fetchesTheJdkThatItsChecksumNamesAndNoOther() throws Exception {
        served = archive("25.0.4");

        assertThat(fetch("0".repeat(64))).isEqualTo(65);
        assertThat(said).contains("The checksum is " + checksum(served) + " instead of 000");
        assertThat(home.resolve(".jdk")).doesNotExist();
        assertThat(home.resolve(".jdk.part")).doesNotExist();

        assertThat(fetch(checksum(served))).isZero();
        assertThat(home.resolve(".jdk/bin/javac")).exists();
    }

    @Test
    void keepsTheJdkThatItHasWhenWhatItGetsIsNone() throws Exception {
        served = archive("25.0.4");
        assertThat(fetch(checksum(served))).isZero();

        served = archive("21.0.1");
        assertThat(fetch(checksum(served))).isEqualTo(65);
        assertThat(said).contains("There is no JDK >= 25 in the archive");
        mirror.stop(0);
        assertThat(fetch(checksum(served))).isEqualTo(69);
        assertThat(said).contains("could not be fetched", "DOPPELBODEN_JDK_URL");

        assertThat(home.resolve(".jdk/release")).content().contains("25.0.4");
    }

    @Test
    void saysInThreeLinesHowToGetAJdk() throws Exception {
        assertThat(run(
                        List.of(home.resolve("doppelboden").toString(), "status"),
                        Map.of("DOPPELBODEN_JAVA_HOME", home.toString())))
                .isEqualTo(69);
        assertThat(said).contains("is not a JDK >= 25");
        assertThat(run(List.of(home.resolve("doppelboden").toString(), "jdk", "--help"), Map.of()))
                .isZero();
        assertThat(said).contains("Exit codes:");
    }

    private int fetch(String sum) throws Exception {
        String url = "http://127.0.0.1:" + mirror.getAddress().getPort() + "/jdk.tar.gz";
        return run(
                List.of(home.resolve("doppelboden").toString(), "jdk"),
                Map.of("DOPPELBODEN_JDK_URL", url, "DOPPELBODEN_JDK_SHA256", sum));
    }

    /** As Adoptium packs it: one folder with all of it. */
    private byte[] archive(String version) throws Exception {
        Path jdk = Files.createDirectories(home.resolve("made/jdk-" + version));
        Path javac = Files.createDirectories(jdk.resolve("bin")).resolve("javac");
        Files.writeString(javac, "#!/bin/sh\n");
        assertThat(javac.toFile().setExecutable(true)).isTrue();
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path archive = home.resolve("made.tar.gz");
        assertThat(run(
                        List.of(
                                "tar",
                                "-czf",
                                archive.toString(),
                                "-C",
                                jdk.getParent().toString(),
                                "jdk-" + version),
                        Map.of()))
                .as(said)
                .isZero();
        return Files.readAllBytes(archive);
    }

    private static String checksum(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private int run(List<String> command, Map<String, String> variables) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
