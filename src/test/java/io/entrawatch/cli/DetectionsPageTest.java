package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.testkit.Replay;
import io.entrawatch.testkit.Scenarios;

import static org.assertj.core.api.Assertions.assertThat;

/** The page of all detections, and that they cover the guide. */
class DetectionsPageTest {

    private static final Path PAGE = Path.of("src/docs/DETECTIONS.md");

    @Test
    void thePageOfDetectionsIsWhatTheirFilesSay() throws IOException {
        String markdown = DetectionPage.markdown(Replay.catalogue(Organization.UNKNOWN));
        if (Boolean.getBoolean("entrawatch.renew")) {
            Files.writeString(PAGE, markdown);
        }
        assertThat(Files.readString(PAGE))
                .as("%s is renewed by: mvn test -Dtest=DetectionsPageTest -Dentrawatch.renew=true", PAGE)
                .isEqualTo(markdown);
    }

    @Test
    void everyItemOfTheGuideHasADetectionThatIsOnForTheExampleOrganization() {
        Set<String> covered = new HashSet<>();
        for (Catalogue.Entry entry : Replay.catalogue(Scenarios.example()).entries()) {
            assertThat(entry.offBecause()).as(entry.detection().name()).isNull();
            covered.addAll(entry.detection().metadata().guide());
        }
        assertThat(DetectionPage.items()).hasSize(48 + 12 + 12 + 14 + 1);
        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(DetectionPage.items().keySet());
    }
}
