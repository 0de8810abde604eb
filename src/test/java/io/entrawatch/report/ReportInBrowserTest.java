package io.entrawatch.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.print.PrintOptions;

import io.entrawatch.rule.Level;
import io.entrawatch.testkit.Skip;

import static org.assertj.core.api.Assertions.assertThat;

/** The page as somebody meets it, in a real browser. */
class ReportInBrowserTest {

    private static final String EVIL =
            "<script>window.acted = 1</script><img src=x onerror='window.acted = 2'>\" onfocus=\"window.acted = 3\" \u202e";

    @TempDir
    private static Path directory;

    private static ChromeDriver browser;
    private static String address;

    @BeforeAll
    static void open() throws Exception {
        browser = Browser.open().orElse(null);
        Skip.unless(browser != null, "no Chromium with its driver");
        address = SampleAlerts.page(directory, alerts()).toUri().toString();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void load() {
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
        browser.manage().logs().get("performance");
        browser.manage().logs().get("browser");
        browser.get(address);
    }

    private static List<ObjectNode> alerts() {
        List<ObjectNode> alerts = new ArrayList<>();
        alerts.add(SampleAlerts.alert(1, Level.LOW, "zebra", "anna@contoso.example"));
        alerts.add(SampleAlerts.alert(2, Level.CRITICAL, "mfa-fatigue", "berta@contoso.example"));
        // Later in the same second as the one before, though its text is less.
        alerts.add(SampleAlerts.alert(3, Level.MEDIUM, "antelope", EVIL).put("@timestamp", "2026-03-02T12:00:02.331Z"));
        alerts.add(SampleAlerts.travel(4, new double[] {51.5, -0.1}, new double[] {35.7, 139.7}));
        return alerts;
    }

    @Test
    void opensWithoutAnErrorAndAsksNoNetwork() throws Exception {
        assertThat(browser.getTitle()).isEqualTo("Entrawatch: 4 alerts");
        assertThat(browser.manage().logs().get("browser")).as("console").isEmpty();
        assertThat(requests()).as("requests").containsExactly(address);
    }

    @Test
    void theMostSevereAlertsComeFirst() {
        assertThat(shown()).containsExactly("mfa-fatigue", "impossible-travel", "antelope", "zebra");
    }

    @Test
    void aClickOnAHeadingSortsAndAnotherTurnsTheOrderAround() {
        heading("detection").click();
        assertThat(shown()).containsExactly("antelope", "impossible-travel", "mfa-fatigue", "zebra");
        heading("detection").click();
        assertThat(shown()).containsExactly("zebra", "mfa-fatigue", "impossible-travel", "antelope");
        assertThat(sorting("detection")).isEqualTo("descending");
        assertThat(sorting("severity")).isNull();
    }

    @Test
    void theKeyboardSortsToo() {
        heading("time").sendKeys(Keys.ENTER);
        assertThat(shown()).containsExactly("impossible-travel", "antelope", "mfa-fatigue", "zebra");
        heading("time").sendKeys(Keys.SPACE);
        assertThat(shown()).containsExactly("zebra", "mfa-fatigue", "antelope", "impossible-travel");
        assertThat(sorting("time")).isEqualTo("ascending");
    }

    @Test
    void theKeyboardFindsAndOpensAnAlert() {
        browser.findElement(By.tagName("body")).sendKeys("/");
        browser.switchTo().activeElement().sendKeys("correlation-of-raw-2");
        assertThat(shown()).containsExactly("mfa-fatigue");
        WebElement summary = browser.findElement(By.cssSelector("#list tbody tr:not([hidden]) summary"));
        summary.sendKeys(Keys.ENTER);
        assertThat(browser.findElement(By.cssSelector("details[open] .events")).getText())
                .contains("raw-2", "192.0.2.7");
        summary.sendKeys(Keys.ESCAPE);
        assertThat(shown()).hasSize(4);
    }

    @Test
    void levelsAndDetectionsFilter() {
        browser.findElement(By.cssSelector("input[value=critical]")).click();
        assertThat(shown()).containsExactly("impossible-travel", "antelope", "zebra");
        browser.findElement(By.id("detection")).sendKeys("zebra");
        assertThat(shown()).containsExactly("zebra");
        assertThat(browser.findElement(By.id("matching")).getText()).isEqualTo("1 of 4 shown");
        browser.findElement(By.id("containing")).sendKeys("nobody");
        assertThat(browser.findElement(By.id("none")).isDisplayed()).isTrue();
    }

    @Test
    void whatALogSaysIsTextAndDoesNothing() {
        String row = browser.findElement(By.cssSelector("tr[data-detection=antelope] summary"))
                .getText();
        assertThat(row).contains("<script>window.acted = 1</script><img src=x onerror=", "⟨U+202E⟩");
        assertThat(run("return window.acted")).isNull();
        assertThat(run("return document.scripts.length + document.images.length"))
                .isEqualTo(1L);
    }

    @Test
    void thePolicyStopsAScriptThatGotInAnyway() {
        run("var evil = document.createElement('script'); evil.textContent = 'window.acted = 4';"
                + " document.body.append(evil);"
                + " document.body.insertAdjacentHTML('beforeend', '<p style=\"position: fixed\" id=\"styled\">');");
        assertThat(run("return window.acted")).isNull();
        assertThat(run("return getComputedStyle(document.getElementById('styled')).position"))
                .isEqualTo("static");
        assertThat(browser.manage().logs().get("browser").getAll()).isNotEmpty().allMatch(entry -> entry.getMessage()
                .contains("Content Security Policy"));
    }

    @Test
    void printsAllThereIs() {
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        run("window.dispatchEvent(new Event('beforeprint'))");
        assertThat(browser.findElements(By.cssSelector(".events"))).hasSize(4).allMatch(WebElement::isDisplayed);
        assertThat(browser.findElement(By.cssSelector(".filter")).isDisplayed()).isFalse();
        run("window.dispatchEvent(new Event('afterprint'))");
        assertThat(browser.findElements(By.cssSelector("#list details[open]"))).isEmpty();
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
        byte[] pdf =
                Base64.getDecoder().decode(browser.print(new PrintOptions()).getContent());
        assertThat(new String(pdf, 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everythingCanBeReadInLightAndInDark(String scheme) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        Object faint = run(CONTRAST);
        assertThat(faint)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    /** Texts whose contrast with the paper is below what WCAG asks for. */
    private static final String CONTRAST =
            """
            function light(color) {
              var parts = color.match(/[\\d.]+/g).slice(0, 3).map(function (part) {
                var share = part / 255;
                return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
              });
              return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
            }
            var paper = light(getComputedStyle(document.documentElement).backgroundColor);
            return Array.from(document.querySelectorAll('h1, h2, dt, dd, th, td, .level, summary, figcaption, footer, a'))
              .filter(function (element) {
                var ink = light(getComputedStyle(element).color);
                return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05) < 4.5;
              })
              .map(function (element) { return element.outerHTML; });
            """;

    @Test
    void whatIsSeenIsAlsoSaid() {
        assertThat(browser.findElements(By.cssSelector("header, main, footer"))).hasSize(3);
        for (WebElement table : browser.findElements(By.tagName("table"))) {
            assertThat(table.findElements(By.tagName("caption"))).isNotEmpty();
        }
        for (WebElement drawing : browser.findElements(By.cssSelector("svg"))) {
            assertThat("true".equals(drawing.getDomAttribute("aria-hidden"))
                            || drawing.getDomAttribute("aria-label") != null)
                    .isTrue();
        }
    }

    private static List<String> requests() throws Exception {
        List<String> requests = new ArrayList<>();
        for (LogEntry entry : browser.manage().logs().get("performance")) {
            JsonNode message = new ObjectMapper().readTree(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                requests.add(message.at("/params/request/url").asText());
            }
        }
        return requests;
    }

    private static List<String> shown() {
        return browser.findElements(By.cssSelector("#list > tbody > tr:not([hidden])")).stream()
                .map(row -> row.getDomAttribute("data-detection"))
                .toList();
    }

    private static WebElement heading(String by) {
        return browser.findElement(By.cssSelector("th[data-by=" + by + "] button"));
    }

    private static String sorting(String by) {
        return browser.findElement(By.cssSelector("th[data-by=" + by + "]")).getDomAttribute("aria-sort");
    }

    private static Object run(String script) {
        return browser.executeScript(script);
    }
}
