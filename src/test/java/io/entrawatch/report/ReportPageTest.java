package io.entrawatch.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.rule.Level;

import static org.assertj.core.api.Assertions.assertThat;

class ReportPageTest {

    @TempDir
    private Path directory;

    @Test
    void theCountsOfTheScanAreOnThePage() throws Exception {
        String page = page(List.of(alert(1, Level.HIGH, "anna@contoso.example")));
        assertThat(page)
                .contains("<h1>1 alert</h1>")
                .contains(
                        "<dt>events</dt><dd>12,345</dd>", "<dt>late</dt><dd>2</dd>", "<dt>dead letters</dt><dd>3</dd>")
                .contains("<dt>detections on</dt><dd>1</dd>", "<dt>detections off</dt><dd>1</dd>")
                .contains("<time>2026-03-02 09:01</time> to <time>2026-03-16 18:19</time>")
                .contains("<dt>vip-abroad</dt><dd>it needs the list vips</dd>", "<dt>not-json</dt><dd>3</dd>");
    }

    @Test
    void anAlertHasItsEvidenceWithTheRawIds() throws Exception {
        assertThat(page(List.of(alert(1, Level.HIGH, "anna@contoso.example"))))
                .contains("raw-1", "correlation-of-raw-1", "192.0.2.7", "alert-1", "Ask anna@contoso.example");
    }

    @Test
    void whatALogSaysIsNeverMarkup() throws Exception {
        String evil = "<script>alert(1)</script><img src=x onerror='alert(2)'>\" onfocus=\"alert(3)</style>{{policy}}";
        String page = page(List.of(alert(1, Level.HIGH, evil)));
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src")
                .doesNotContain("<script>alert", "<img", "\" onfocus=\"", "onerror='");
        assertThat(page.split("<script", -1)).as("scripts").hasSize(2);
        assertThat(page.split("</style>", -1)).as("styles").hasSize(2);
    }

    @Test
    void whatWouldBeInvisibleIsShown() throws Exception {
        String page = page(List.of(alert(1, Level.HIGH, "a\u202eb\u0007c\u200bd\u2028e\u001b[31m")));
        assertThat(page)
                .contains("a⟨U+202E⟩b⟨U+0007⟩c⟨U+200B⟩d⟨U+2028⟩e⟨U+001B⟩[31m")
                .doesNotContain("\u202e", "\u0007", "\u200b", "\u2028", "\u001b");
        assertThat(Visible.of("half a pair: \ud800")).isEqualTo("half a pair: ⟨U+D800⟩");
    }

    @Test
    void namesInOtherScriptsStayAsTheyAre() throws Exception {
        assertThat(page(List.of(alert(1, Level.HIGH, "Łukasz 山田 אנה")))).contains("Łukasz 山田 אנה");
    }

    @Test
    void onlyTheOwnStyleAndScriptMayAct() throws Exception {
        String page = page(List.of(alert(1, Level.HIGH, "anna@contoso.example")));
        String policy = between(page, "Content-Security-Policy\" content=\"", "\"")
                .replace("&#39;", "'")
                .replace("&#x3D;", "=");
        assertThat(policy)
                .startsWith("default-src 'none'; ")
                .contains("style-src '" + hash(between(page, "<style>", "</style>")) + "'")
                .contains("script-src '" + hash(between(page, "<script>", "</script>")) + "'")
                .doesNotContain("unsafe");
    }

    @Test
    void thePageAsksNoNetworkForAnything() throws Exception {
        String page = page(List.of(alert(1, Level.HIGH, "anna@contoso.example")));
        assertThat(page).doesNotContain("src=", "url(", "@import", "<link", "<iframe", "http://", "https://");
    }

    @Test
    void onlyAnHttpsReferenceIsALink() throws Exception {
        ObjectNode good = alert(1, Level.HIGH, "anna@contoso.example");
        ((ObjectNode) good.get("rule")).put("reference", "https://learn.microsoft.com/entra");
        ObjectNode evil = alert(2, Level.HIGH, "anna@contoso.example");
        ((ObjectNode) evil.get("rule")).put("reference", "javascript:alert(1)");
        assertThat(page(List.of(good, evil)))
                .contains("href=\"https://learn.microsoft.com/entra\"")
                .doesNotContain("javascript:");
    }

    @Test
    @Tag("full")
    void ofAHundredThousandAlertsTheMostSevereAndNewestAreShownAndTheRestIsCounted() throws Exception {
        Iterable<ObjectNode> many = () -> IntStream.range(0, 100_000)
                .mapToObj(i -> alert(i, i % 200 == 0 ? Level.HIGH : Level.LOW, "user" + i + "@contoso.example"))
                .iterator();
        Path file = SampleAlerts.page(directory, many);
        String page = Files.readString(file);
        assertThat(page).contains("<h1>100,000 alerts</h1>", "The 1,000 most severe", "99,000 more are counted above");
        assertThat(page.split("<tr data-time", -1)).hasSize(1_001);
        assertThat(page.split("data-level=\"high\"", -1)).hasSize(501);
        assertThat(page).contains("raw-99800<", "raw-99999<").doesNotContain("raw-50001<");
        assertThat(Files.size(file)).isLessThan(5_000_000L);
    }

    @Test
    void ofTwoInOneSecondTheLaterIsTheNewer() throws Exception {
        ObjectNode whole = alert(1, Level.HIGH, "anna@contoso.example").put("@timestamp", "2026-03-02T09:00:46Z");
        ObjectNode later = alert(2, Level.HIGH, "anna@contoso.example").put("@timestamp", "2026-03-02T09:00:46.331Z");
        assertThat(page(List.of(whole, later)))
                .containsSubsequence("data-time=\"1772442046331\"", "data-time=\"1772442046000\"");
    }

    @Test
    void aPageIsKnownByItsBeginning() throws Exception {
        Path page = SampleAlerts.page(directory, List.of());
        assertThat(ReportPage.isPage(page)).isTrue();
        assertThat(ReportPage.isPage(Files.writeString(directory.resolve("other"), "<!DOCTYPE html><title>Other")))
                .isFalse();
        assertThat(ReportPage.isPage(Files.writeString(directory.resolve("log"), "{\"a\":\"<title>Entrawatch: \"}")))
                .isFalse();
    }

    @Test
    void aScanWithoutAlertsHasAPageToo() throws Exception {
        assertThat(page(List.of())).contains("<h1>0 alerts</h1>").doesNotContain("id=\"when\"", "id=\"travel\"");
    }

    private static ObjectNode alert(int number, Level level, String user) {
        return SampleAlerts.alert(number, level, "mfa-fatigue", user);
    }

    private String page(List<ObjectNode> alerts) throws Exception {
        return Files.readString(SampleAlerts.page(directory, alerts));
    }

    private static String between(String text, String before, String after) {
        Matcher matcher = Pattern.compile(Pattern.quote(before) + "(.*?)" + Pattern.quote(after), Pattern.DOTALL)
                .matcher(text);
        assertThat(matcher.find()).as(before).isTrue();
        return matcher.group(1);
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
