package io.entrawatch.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import com.fasterxml.jackson.databind.JsonNode;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;

/**
 * Writes what a scan found as one HTML page, which asks no network for anything. All values are escaped as they are
 * written, and the page's own policy lets only its own style and script act.
 */
public final class ReportPage {

    /** So many alerts with their evidence a browser still scrolls and sorts without effort. */
    public static final int MOST_SHOWN = 1_000;

    private static final String BEGINNING = "<!DOCTYPE html>";
    private static final String NAME = "<title>Entrawatch: ";

    /** The name stands in so many first bytes of a page. */
    private static final int HEAD = 2_000;

    private ReportPage() {}

    /** Whether a file is a page of some scan, as its first bytes tell. */
    public static boolean isPage(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            return head.startsWith(BEGINNING) && head.contains(NAME);
        }
    }

    /**
     * Writes the page.
     *
     * @param alerts {@code alerts.ndjson} of the scan
     * @param summary {@code summary.json} of the scan
     */
    public static void write(Path alerts, JsonNode summary, Path page) throws IOException {
        String style = resource("report.css");
        String script = resource("report.js");
        Report report = Report.of(AlertTally.of(alerts, MOST_SHOWN), summary, policy(style, script), style, script);
        try (Writer writer = Files.newBufferedWriter(page)) {
            template().execute(report, writer);
        } catch (MustacheException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** The compiler escapes what a log says so that it is text, and shows what would be invisible. */
    private static Template template() throws IOException {
        return Mustache.compiler()
                .withEscaper(text -> Escapers.HTML.escape(Visible.of(text)))
                .emptyStringIsFalse(true)
                .compile(resource("report.html"));
    }

    private static String policy(String style, String script) {
        return "default-src 'none'; style-src '" + hash(style) + "'; script-src '" + hash(script)
                + "'; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream("/report/" + name)) {
            if (in == null) {
                throw new IllegalStateException("/report/" + name + " (expected: in the jar)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
