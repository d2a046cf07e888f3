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

    private static final long INITIAL_MEGABYTES = 32;
    private static final long YOUNG_MEGABYTES = 16;

    private JavaCommand() {}

    /**
     * A command that runs a main class of our class path, with the quick compiler only: it is ready sooner and takes less memory.
     *
     * @param heap the most that the Java heap takes
     */
    public static List<String> of(Class<?> main, DataSize heap, List<String> arguments) {
        return of(main, heap, List.of("-XX:TieredStopAtLevel=1", "-Xms16m"), arguments);
    }

    /**
     * The same for a process that users' requests go through, with both compilers: a request takes half the processor time, and a
     * byte of TLS a tenth, because only the second knows the processor's instructions for AES-GCM. And with room for what is under
     * way from the first: a young generation that grew only with the old one let most of it grow old.
     */
    public static List<String> ofDataPath(Class<?> main, DataSize heap, List<String> arguments) {
        long megabytes = heap.bytes() / (1 << 20);
        var options = List.of(
                "-Xms" + Math.min(INITIAL_MEGABYTES, megabytes) + "m",
                "-Xmn" + Math.min(YOUNG_MEGABYTES, megabytes / 4) + "m",
                "-XX:TrimNativeHeapInterval=10000"); // what the second compiler took
        return of(main, heap, options, arguments);
    }

    private static List<String> of(Class<?> main, DataSize heap, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap.bytes() / (1 << 20) + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:MinHeapFreeRatio=20",
                "-XX:MaxHeapFreeRatio=40",
                "-XX:-ShrinkHeapInSteps",
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
