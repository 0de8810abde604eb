package io.entrawatch.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.detection.organization.TenantProfile;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;
import io.entrawatch.ingest.Decoding;
import io.entrawatch.ingest.RecordFile;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.yaml.Problems;

/** The scenarios of all detections: raw logs that a detection must fire on, or must be quiet about. */
public final class Scenarios {

    private static final Path DIRECTORY = Path.of("src/test/resources/scenarios");
    private static final Path EXAMPLE = Path.of("conf/organization-example.yaml");

    /** The tenant in the scenarios' files, which is the one of the example organization. */
    private static final String TENANT = "5f2d7f3a-6c1e-4f0b-9b7e-2a51c0c0a501";

    private Scenarios() {}

    /** A file of scenarios, whose records are played as those of a tenant of its own. */
    public record Scenario(String detection, String name, Path file) {

        public boolean fires() {
            return name.startsWith("fires-");
        }

        public String tenant() {
            return UUID.nameUUIDFromBytes((detection + "/" + name).getBytes(StandardCharsets.UTF_8))
                    .toString();
        }

        public List<String> lines() {
            try {
                return Files.readAllLines(file).stream()
                        .map(line -> line.replace(TENANT, tenant()))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The lines with the times that the reader of logs finds in them. */
        public List<SeededCases.Line> timedLines() {
            List<String> lines = lines();
            List<SeededCases.Line> timed = new ArrayList<>();
            Decoding decoding =
                    new Decoding(Wanted.of(EnumSet.noneOf(Field.class)), tenant(), null, JobSettings.LARGEST_RECORD);
            try {
                List<Decoded> records = RecordFile.read(file, decoding);
                for (int i = 0; i < lines.size(); i++) {
                    EntraEvent event = Objects.requireNonNull(records.get(i).event(), lines.get(i));
                    timed.add(new SeededCases.Line(Instant.ofEpochMilli(event.atMillis()), lines.get(i)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return timed;
        }

        @Override
        public String toString() {
            return detection + " " + name;
        }
    }

    public static List<Scenario> all() {
        try (Stream<Path> files = Files.walk(DIRECTORY, 2)) {
            List<Scenario> all = new ArrayList<>();
            files.filter(file -> file.toString().endsWith(".ndjson")).sorted().forEach(file -> {
                String name = file.getFileName().toString();
                String detection = file.getName(file.getNameCount() - 2).toString();
                all.add(new Scenario(detection, name.substring(0, name.lastIndexOf('.')), file));
            });
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The example organization. */
    public static Organization example() {
        Problems problems = new Problems();
        Organization organization = OrganizationReader.read(EXAMPLE, problems);
        problems.throwIfAny();
        return organization;
    }

    /** The example organization, as if each scenario's tenant were its own; of other tenants nothing is known. */
    public static Organization organization(List<Scenario> scenarios) {
        Organization example = example();
        TenantProfile profile = example.profile(TENANT);
        Map<String, TenantProfile> tenants = new HashMap<>();
        for (Scenario scenario : scenarios) {
            Map<String, List<String>> lists = new HashMap<>(profile.lists());
            lists.put("home_tenants", List.of(scenario.tenant()));
            tenants.put(
                    scenario.tenant(),
                    new TenantProfile(
                            profile.zone(),
                            profile.privileged(),
                            profile.vips(),
                            profile.egress(),
                            profile.vpnNetworks(),
                            lists,
                            profile.expected()));
        }
        return new Organization(tenants, Organization.UNKNOWN.others());
    }
}
