package io.entrawatch.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.entrawatch.rule.Level;

import static org.assertj.core.api.Assertions.assertThat;

class TravelMapTest {

    private static final double[] TOKYO = {35.7, 139.7};
    private static final double[] SEATTLE = {47.6, -122.3};
    private static final double[] OSLO = {59.9, 10.7};
    private static final double[] NEAR_OSLO = {59.8, 10.8};

    @Test
    void aWayAcrossTheDateLineLeavesTheMapAndComesBack() {
        assertThat(map(TOKYO, SEATTLE).ways().get(0).path().split("M", -1)).hasSize(3);
        assertThat(map(OSLO, SEATTLE).ways().get(0).path().split("M", -1)).hasSize(2);
    }

    @Test
    void everythingIsOnTheMap() {
        for (TravelMap.Dot dot : map(TOKYO, SEATTLE).dots()) {
            assertThat(Double.parseDouble(dot.x())).isBetween(0.0, Window.WIDTH);
            assertThat(Double.parseDouble(dot.y())).isBetween(0.0, 500.0);
        }
    }

    @Test
    void aNameHidesNoOther() {
        assertThat(map(OSLO, NEAR_OSLO).names()).extracting(TravelMap.Name::y).doesNotHaveDuplicates();
    }

    @Test
    void twoPlacesOfOneNameHaveADotEach() {
        Journey journey = new Journey(
                new Journey.Stop("US", 47.6, -122.3), new Journey.Stop("US", 25.8, -80.2), "high", "anna", "in words");
        assertThat(TravelMap.of(List.of(journey)).dots())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void whoNeverMovedIsDrawnAtOnePlace() {
        assertThat(map(OSLO, OSLO).ways().get(0).path()).doesNotContain("NaN");
    }

    @Test
    void anAlertAboutSomethingElseIsNoJourney() {
        assertThat(Journey.of(SampleAlerts.alert(1, Level.HIGH, "mfa-fatigue", "anna@contoso.example")))
                .isNull();
    }

    private static TravelMap map(double[] from, double[] to) {
        Journey journey = Journey.of(SampleAlerts.travel(1, from, to));
        assertThat(journey).isNotNull();
        return TravelMap.of(List.of(journey));
    }
}
