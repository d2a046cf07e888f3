package de.doppelboden.supervisor;

import de.doppelboden.configuration.DataSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line of a Java child: this JVM's own program and class path, with flags for little memory and an early
 * full speed. The first compiler alone: a child that is called after days of quiet must be quick at once, and the
 * second compiler costs half as much processor time again at start, and a fifth more memory (docs/adr/0012).
 */
public final class JavaCommand {

    /** glibc keeps an arena a core, and with it freed memory that nobody uses. */
    public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    private JavaCommand() {}

    /**
     * A command that runs a main class of our class path, with the quick compiler only: it is ready sooner and takes less memory.
     *
     * @param heap the most that the Java heap takes
     */
    public static List<String> of(Class<?> main, DataSize heap, List<String> arguments) {
        return of(main, heap, List.of("-XX:TieredStopAtLevel=1"), arguments);
    }

    /**
     * The same for a process that users' requests go through, with both compilers: a request takes half the processor time, and a
     * byte of TLS a tenth, because only the second knows the processor's instructions for AES-GCM.
     */
    public static List<String> ofDataPath(Class<?> main, DataSize heap, List<String> arguments) {
        return of(main, heap, List.of("-XX:TrimNativeHeapInterval=10000"), arguments); // what the second one took
    }

    private static List<String> of(Class<?> main, DataSize heap, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms16m",
                "-Xmx" + heap.bytes() / (1 << 20) + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:MinHeapFreeRatio=20",
                "-XX:MaxHeapFreeRatio=40",
                "-XX:-UsePerfData",
                "-XX:ThreadPriorityPolicy=1", // without it the priority of a thread means nothing on Linux
                "-XX:CompilerThreadPriority=0",
                "-XX:VMThreadPriority=0",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(1, options);
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /**
     * The same command with what a rehearsal of the launcher kept beside our jar. The JVM goes on without it when there is none, or
     * when it does not fit.
     *
     * @param process that was rehearsed
     */
    public static List<String> rehearsed(String process, List<String> command) {
        List<String> rehearsed = new ArrayList<>(command);
        rehearsed.addAll(1, cache(process));
        return List.copyOf(rehearsed);
    }

    private static List<String> cache(String process) {
        Path cache = Path.of(System.getProperty("java.class.path")).resolveSibling(process + ".aot");
        // Where it was made for: elsewhere all of it is written anew, which takes half a second and the memory.
        return Files.isReadable(cache)
                ? List.of("-XX:AOTCache=" + cache, "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0")
                : List.of();
    }
}
