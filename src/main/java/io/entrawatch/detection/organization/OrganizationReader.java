package io.entrawatch.detection.organization;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.entrawatch.event.TenantId;
import io.entrawatch.yaml.FileReason;
import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlDocuments;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/** Reads {@code organization.yaml}: what holds for all tenants, then each tenant's own. */
public final class OrganizationReader {

    private final Problems problems;

    private OrganizationReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @throws UncheckedIOException if it cannot be read at all
     */
    public static Organization read(Path file, Problems problems) {
        try {
            return read(file.toString(), Files.readString(file), problems);
        } catch (CharacterCodingException e) {
            problems.add(new Position(file.toString(), 1, 1), "the file is not UTF-8");
            return Organization.UNKNOWN;
        } catch (IOException e) {
            throw new UncheckedIOException("organization: " + file + " cannot be read: " + FileReason.of(e), e);
        }
    }

    public static Organization read(String file, String text, Problems problems) {
        List<YamlNode> documents = YamlDocuments.read(file, text, problems);
        if (documents.size() > 1) {
            problems.add(documents.get(1).position(), "a second document (expected: one with all tenants)");
        }
        return documents.isEmpty()
                ? Organization.UNKNOWN
                : new OrganizationReader(problems).readAll(new YamlMapping(documents.get(0), problems));
    }

    private Organization readAll(YamlMapping document) {
        TenantProfile others =
                ProfileReader.read(document.mapping("defaults"), Organization.UNKNOWN.others(), problems);
        Map<String, TenantProfile> tenants = new LinkedHashMap<>();
        for (YamlNode item : document.items("tenants")) {
            YamlMapping tenant = new YamlMapping(item, problems);
            String id = tenant.required("id").toLowerCase(Locale.ROOT);
            if (!id.isBlank() && !TenantId.isOne(id)) {
                tenant.problem("id", id + " (expected: " + TenantId.EXPECTED + ")");
            }
            tenant.optional("name");
            if (tenants.put(id, ProfileReader.read(tenant, others, problems)) != null) {
                tenant.problem("id", id + " is given twice");
            }
        }
        document.rejectOthers();
        return new Organization(tenants, others);
    }
}
