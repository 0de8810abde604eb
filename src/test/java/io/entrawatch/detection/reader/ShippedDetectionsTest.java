package io.entrawatch.detection.reader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.DetectionMetadata;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.Field;
import io.entrawatch.rule.RuleHeader;
import io.entrawatch.testkit.Scenarios;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/** What every shipped detection has to say about itself. */
class ShippedDetectionsTest {

    private static final String GUIDE =
            "T(0[1-9]|[1-3]\\d|4[0-8])|W(0[1-9]|1[0-2])|H(0[1-9]|1[0-2])|B(0[1-9]|1[0-4])|X01";
    private static final Set<String> ATTACK = new HashSet<>();
    private static final Map<String, Set<String>> TACTICS_OF = new HashMap<>();

    /** A name that a line break in YAML tore apart. */
    private static final Pattern TORN = Pattern.compile("[a-z]- [a-z]");

    @BeforeAll
    static void readAttack() throws IOException {
        try (InputStream table = ShippedDetectionsTest.class.getResourceAsStream("/attack.csv")) {
            new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .forEach(ShippedDetectionsTest::know);
        }
    }

    private static void know(String[] columns) {
        ATTACK.addAll(List.of(columns[0], columns[1]));
        if (columns.length > 2) {
            TACTICS_OF.put(columns[0], Set.of(columns[2].split(" ", -1)));
        }
    }

    /** Rules cannot refer to each other's values; one that is found to follow a right password does so in both. */
    @Test
    void theCodesAfterARightPasswordAreTheSameForASprayAndForGuessing() throws IOException {
        Set<String> codes = codes("sign-ins/password-spray-succeeded", "password-entered");
        assertThat(codes).hasSizeGreaterThan(20);
        codes.addAll(Set.of("50055", "50144"));
        assertThat(codes("sign-ins/brute-force-succeeded", "password-entered-or-expired"))
                .isEqualTo(codes);
    }

    @Test
    void theCodesAfterARightPasswordAreTheSameForTravel() throws IOException {
        Set<String> codes = codes("sign-ins/password-spray-succeeded", "password-entered");
        assertThat(codes.remove("0")).isTrue();
        assertThat(codes("travel/impossible-travel", "password-accepted")).isEqualTo(codes);
    }

    /** Codes of policies begin with 53; 50005, a platform, and 50131 are some as well. */
    @Test
    void thePoliciesAmongTheCodesAfterARightPasswordAreAllTold() throws IOException {
        Set<String> codes = codes("sign-ins/password-spray-succeeded", "password-entered");
        codes.removeIf(code -> !code.startsWith("53") && !code.equals("50005") && !code.equals("50131"));
        assertThat(codes("sign-ins/sign-in-blocked-after-right-password", "blocked-after-first-factor"))
                .isEqualTo(codes);
        codes.addAll(Set.of("500121", "50155"));
        assertThat(codes("sign-ins/interrupts-by-conditional-access", "stopped-by-conditional-access"))
                .isEqualTo(codes);
    }

    /** The second factor that was asked for and not given follows a right password. */
    @Test
    void theCodesOfAMissingSecondFactorAreAmongThoseAfterARightPassword() throws IOException {
        String file = Files.readString(Path.of("conf/detections/sign-ins/password-known-second-factor-missing.yml"));
        String codes = Pattern.compile("ResultType: \\[ (.+) ]")
                .matcher(file)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(codes("sign-ins/password-spray-succeeded", "password-entered"))
                .containsAll(List.of(codes.split(", ")));
    }

    private static Set<String> codes(String detection, String rule) throws IOException {
        String file = Files.readString(Path.of("conf/detections", detection + ".yml"));
        String document = Arrays.stream(file.split("\n---\n"))
                .filter(text -> text.contains("\nname: " + rule + "\n"))
                .findFirst()
                .orElseThrow();
        return Pattern.compile("(?m)^ {6}- (\\d+)$")
                .matcher(document)
                .results()
                .map(code -> code.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theyLoadWithoutProblems() {
        Problems problems = new Problems();
        Catalogue catalogue = CatalogueReader.read(List.of(), Organization.UNKNOWN, problems);

        assertThat(problems.all()).isEmpty();
        assertThat(catalogue.entries()).isNotEmpty();
    }

    @Test
    void noTwoHaveOneId() {
        Set<String> seen = new HashSet<>();
        assertThat(shipped()).allMatch(detection -> seen.add(header(detection).id()));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void eachSaysWhatAnAnalystNeeds(Detection detection) {
        RuleHeader header = header(detection);

        assertThat(header.id()).isNotNull();
        assertThat(header.title()).isNotBlank();
        assertThat(header.description()).isNotBlank();
        assertThat(header.falsePositives()).isNotEmpty();
        assertThat(header.runbook()).isNotEmpty();
        assertThat(header.limits()).isNotBlank();
        assertThat(header.description() + header.limits() + header.runbook() + header.falsePositives())
                .doesNotContainPattern(TORN);
        assertThat(header.references()).isNotEmpty().allMatch(reference -> reference.startsWith("https://"));
        assertThat(text(header.position().file()))
                .contains("\nlevel: " + header.level().label() + "\n");
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void eachNamesItsGuideItemsAndKnownAttacks(Detection detection) {
        DetectionMetadata metadata = detection.metadata();

        assertThat(metadata.guide()).isNotEmpty().allMatch(item -> item.matches(GUIDE));
        if (Catalogue.isOverAll(detection)) {
            // It watches the alerts, and no attack.
            return;
        }
        assertThat(metadata.tactics()).isNotEmpty().isSubsetOf(ATTACK);
        assertThat(metadata.techniques()).isNotEmpty().isSubsetOf(ATTACK).allSatisfy(technique -> assertThat(
                        tacticsOf(technique))
                .containsAnyElementsOf(metadata.tactics()));
        assertThat(metadata.tactics()).allSatisfy(tactic -> assertThat(metadata.techniques())
                .anyMatch(technique -> tacticsOf(technique).contains(tactic)));
    }

    private static Set<String> tacticsOf(String technique) {
        return TACTICS_OF.getOrDefault(technique, Set.of());
    }

    @Test
    void eachTechniqueOfAttackHasItsTactics() {
        assertThat(ATTACK.stream().filter(name -> name.matches("T\\d{4}(\\.\\d{3})?")))
                .isNotEmpty()
                .allSatisfy(technique ->
                        assertThat(tacticsOf(technique)).isNotEmpty().isSubsetOf(ATTACK));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void eachHasAScenarioThatFiresAndOneThatIsQuiet(Detection detection) {
        List<Scenarios.Scenario> own = Scenarios.all().stream()
                .filter(scenario -> scenario.detection().equals(detection.name()))
                .toList();

        assertThat(own).anyMatch(Scenarios.Scenario::fires).anyMatch(scenario -> !scenario.fires());
        assertThat(own).allMatch(scenario -> scenario.fires() || scenario.name().startsWith("quiet-"));
    }

    @Test
    void noScenarioIsOfADetectionThatDoesNotExist() {
        assertThat(Scenarios.all())
                .extracting(Scenarios.Scenario::detection)
                .isSubsetOf(shipped().map(Detection::name).toList());
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void noneShowsAllNamesOfAnApplication(Detection detection) {
        assertThat(detection.steps()).filteredOn(Step.OfRule.class::isInstance).allSatisfy(step -> assertThat(
                        ((Step.OfRule) step).rule().shown())
                .doesNotContain(Field.APP));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void eachStandsInTheFileOfItsName(Detection detection) {
        assertThat(header(detection).position().file()).endsWith("/" + detection.name() + ".yml");
    }

    static Stream<Detection> shipped() {
        return CatalogueReader.read(List.of(), Organization.UNKNOWN, new Problems()).entries().stream()
                .map(Catalogue.Entry::detection);
    }

    private static RuleHeader header(Detection detection) {
        return detection.metadata().header();
    }

    private static String text(String file) {
        return Objects.requireNonNull(RuleFiles.shipped().get(file), file);
    }
}
