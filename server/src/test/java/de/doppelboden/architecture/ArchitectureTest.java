package de.doppelboden.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The arrows of docs/architecture.md. Maven and javac hold city -> server -> continuity; here is what they cannot see,
 * the packages within the product.
 */
class ArchitectureTest {

    private static final String[] SERVICES =
            packages("webapp", "register", "appointments", "telephony", "mail", "school", "objects");
    private static final String[] PEOPLE_SIDE = packages("incident", "notice", "maintenance", "review", "plan");
    private static final String[] SHARED =
            packages("gateway", "cycle", "supervisor", "evidence", "identity", "database", "configuration");

    /** What is in the users' path. It starts within two seconds, and outlives frameworks. */
    private static final String[] GATEWAY_PROCESS = Stream.of(SHARED, packages("*.gate", "*.probe", "*.replay"))
            .flatMap(Stream::of)
            .toArray(String[]::new);

    /** Where a process begins and is wired: knows everybody, and takes time and randomness from the machine. */
    private static final DescribedPredicate<JavaClass> PROCESS_ENTRY =
            resideInAPackage("de.doppelboden.cli..").or(simpleNameEndingWith("Process"));

    private static final Pattern TAKEN_FROM_THE_MACHINE = Pattern.compile("java\\.time\\.\\w+\\.now\\(\\)"
            + "|java\\.lang\\.(System\\.currentTimeMillis|Math\\.random|Thread\\.sleep)\\(.*\\)"
            + "|java\\.util\\.Random\\.<init>\\(\\)"
            + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\.current\\(\\)");

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("de.doppelboden");

    @Test
    void looksAtTheProductAndNotAtItsTests() {
        assertThat(PRODUCT.stream().map(JavaClass::getPackageName))
                .contains("de.doppelboden.continuity", "de.doppelboden.cli")
                .doesNotContain("de.doppelboden.architecture");
    }

    @Test
    void continuityDependsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("de.doppelboden.continuity..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("de.doppelboden.continuity..", "java..", "org.jspecify..")
                .check(PRODUCT);
    }

    @Test
    void theRoomsOfContinuityShareItsWordsAndDependOnEachOtherOneWay() {
        classes()
                .that()
                .resideInAPackage("de.doppelboden.continuity")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("de.doppelboden.continuity", "java..", "org.jspecify..")
                .check(PRODUCT);
        slices().matching("de.doppelboden.continuity.(*)..")
                .should()
                .beFreeOfCycles()
                .check(PRODUCT);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceDoesNotKnowTheOthers(String service) {
        var others = Stream.of(SERVICES).filter(other -> !other.equals(service)).toArray(String[]::new);

        forbidden(new String[] {service}, others);
    }

    @Test
    void whatServicesShareKnowsNoService() {
        forbidden(SHARED, SERVICES);
    }

    @Test
    void thePeopleSideKnowsServicesOnlyByContinuityAndTheEvidenceLog() {
        forbidden(PEOPLE_SIDE, SERVICES);
        forbidden(PEOPLE_SIDE, packages("gateway", "cycle", "supervisor"));
    }

    @Test
    void nothingDependsOnThePeopleSide() {
        forbidden(SERVICES, PEOPLE_SIDE);
        forbidden(SHARED, PEOPLE_SIDE);
    }

    @Test
    void nothingDependsOnTheCommandLine() {
        forbidden(SERVICES, packages("cli"));
        forbidden(SHARED, packages("cli"));
        forbidden(PEOPLE_SIDE, packages("cli"));
    }

    @Test
    void theGatewayProcessIsFreeOfFrameworksEvenIndirectly() {
        noClasses()
                .that()
                .resideInAnyPackage(GATEWAY_PROCESS)
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta..")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void timeAndRandomnessComeIn() {
        noClasses()
                .that(DescribedPredicate.not(PROCESS_ENTRY))
                .should()
                .callCodeUnitWhere(describe(
                        "takes it from the machine",
                        call -> TAKEN_FROM_THE_MACHINE
                                .matcher(call.getTarget().getFullName())
                                .matches()))
                .because("a run must be repeatable by its seed")
                .check(PRODUCT);
    }

    private static void forbidden(String[] from, String[] to) {
        noClasses()
                .that()
                .resideInAnyPackage(from)
                .and(DescribedPredicate.not(PROCESS_ENTRY))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    private static String[] packages(String... names) {
        return Stream.of(names).map(name -> "de.doppelboden." + name + "..").toArray(String[]::new);
    }
}
