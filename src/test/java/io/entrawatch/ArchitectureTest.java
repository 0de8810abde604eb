package io.entrawatch;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Which package may know which. */
@AnalyzeClasses(packages = "io.entrawatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.entrawatch.";

    @ArchTest
    static final ArchRule rulesAndEventsKnowNoFlink = noClasses()
            .that()
            .resideInAnyPackage(packages("event", "rule", "detection", "yaml"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule eventsKnowNothingElse = knowsOnly("event");

    @ArchTest
    static final ArchRule yamlKnowsNothingElse = knowsOnly("yaml");

    @ArchTest
    static final ArchRule rulesKnowEventsAndYaml = knowsOnly("rule", "event", "yaml");

    @ArchTest
    static final ArchRule detectionsKnowRules = knowsOnly("detection", "event", "rule", "yaml");

    @ArchTest
    static final ArchRule alertsKnowDetections = knowsOnly("alert", "event", "detection", "rule");

    @ArchTest
    static final ArchRule theEngineKnowsNeitherItsInputNorItsOutput =
            knowsNoneOf("engine", "ingest", "sink", "settings", "cli", "generate");

    @ArchTest
    static final ArchRule whatTravelsKnowsNoOperator =
            noClasses().that().resideInAPackage(ROOT + "engine.wire").should().dependOnClassesThat(engineBut("wire"));

    @ArchTest
    static final ArchRule stateKnowsNoOperator = noClasses()
            .that()
            .resideInAPackage(ROOT + "engine.state")
            .should()
            .dependOnClassesThat(engineBut("wire", "state"));

    @ArchTest
    static final ArchRule noStageKnowsAnother = slices().matching(ROOT + "engine.(*)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAnyPackage(ROOT + "engine.wire", ROOT + "engine.state"));

    @ArchTest
    static final ArchRule readersOfLogsKnowNoDetection =
            knowsNoneOf("ingest", "engine", "sink", "cli", "generate", "rule", "detection");

    @ArchTest
    static final ArchRule whatAsksKafkaKnowsOnlySettings = knowsOnly("kafka", "settings");

    @ArchTest
    static final ArchRule packagesMakeNoCircle =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theirPartsMakeNoCircle =
            slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCommandsKnowTheJob = noClasses()
            .that(resideInAPackage(ROOT + "*..").and(not(resideInAPackage(ROOT + "cli.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.entrawatch");

    @ArchTest
    static final ArchRule whatDecidesAsksNoClockAndNoChance = noClasses()
            .that()
            .resideInAnyPackage(packages("event", "rule", "detection", "engine", "alert"))
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class);

    @ArchTest
    static final ArchRule noLanguageAndNoZoneOfAMachineDecides = noClasses()
            .should()
            .callMethod(Locale.class, "getDefault")
            .orShould()
            .callMethod(ZoneId.class, "systemDefault")
            .orShould()
            .callMethod(TimeZone.class, "getDefault")
            .orShould()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .orShould()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .callMethod(DateTimeFormatter.class, "ofPattern", String.class);

    private static DescribedPredicate<JavaClass> engineBut(String... parts) {
        String[] packages = new String[parts.length];
        for (int i = 0; i < parts.length; i++) {
            packages[i] = ROOT + "engine." + parts[i];
        }
        return resideInAPackage(ROOT + "engine..").and(not(resideInAnyPackage(packages)));
    }

    private static ArchRule knowsOnly(String from, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + from + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.entrawatch..")
                        .and(not(resideInAPackage(ROOT + from + "..")))
                        .and(not(resideInAnyPackage(packages(others)))));
    }

    private static ArchRule knowsNoneOf(String from, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(others));
    }

    private static String[] packages(String... names) {
        String[] packages = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            packages[i] = ROOT + names[i] + "..";
        }
        return packages;
    }
}
