package io.entrawatch.generate;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the invented tenants say of themselves, as complete as the detections ask for. */
final class OrganizationFile {

    static final String BEGINNING = "# The tenants of these logs.\n";

    private static final String SHARED = BEGINNING
            + """
            defaults:
              entitlement-management-apps: [ Azure AD Identity Governance - Entitlement Management ]
              blocked-domains: [ throwaway.example ]
              collaboration-domains: [ fabrikam.example ]
              required-attributes:
                - { name: EmployeeId, pattern: '[0-9]{6}' }
                - { name: Department }
              privileged-groups: [ Tier 0 Administrators ]
              privileged-roles: [ Contoso Tenant Operator ]
              privileged-azure-roles: [ Owner, Contributor, User Access Administrator ]
              countries: [ GB, NO, DE, US, BR, SG, AU, JP ]
              cities: [ "London, GB", "Oslo, NO", "Berlin, DE", "New York, US", "Seattle, US", "Sao Paulo, BR",
                "Singapore, SG", "Sydney, AU", "Tokyo, JP" ]
              egress: [ 192.0.2.0/24 ]
              vpn-networks: [ AS64499 ]
              business-hours: { days: [ mon, tue, wed, thu, fri ], from: "07:00", to: "22:00" }
              holidays: { ALL: [ "%s" ] }
              country-zones: { US: America/New_York }
              important-apps: [ Contoso Payroll ]
              partner-tenants: [ 9a1b7c52-0d3e-4f68-8e21-64b0c0c0a502 ]
              microsoft-tenants: [ 3c8e0d94-7b61-4a2f-9d50-12f7c0c0a503 ]
              legacy-auth-disabled-since: %s
            tenants:
            """;

    /** Before the logs, also where it is still the day before. */
    private static final int HOLIDAY_BEFORE = 2;

    private static final int CUT_OFF_BEFORE = 46;

    private OrganizationFile() {}

    /** @param start the first day of the logs, whose people rest on no working day and use no client of old */
    static String of(List<Tenant> tenants, List<Extras> extras, LocalDate start) {
        StringBuilder yaml = new StringBuilder(String.format(
                Locale.ROOT,
                SHARED,
                DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT).format(start.minusDays(HOLIDAY_BEFORE)),
                start.minusDays(CUT_OFF_BEFORE)));
        for (int i = 0; i < tenants.size(); i++) {
            describe(tenants.get(i), extras.get(i), yaml);
        }
        return yaml.toString();
    }

    private static void describe(Tenant tenant, Extras extras, StringBuilder yaml) {
        String dotted = tenant.domain().replace(".", "\\.");
        yaml.append("  - id: ").append(tenant.id()).append("\n    name: ").append(tenant.domain());
        entry(yaml, "zone", tenant.zone().getId());
        list(yaml, "home-tenants", List.of(tenant.id()));
        list(yaml, "approved-domains", List.of(tenant.domain()));
        list(yaml, "user-naming", List.of("^[a-z]+(\\.[a-z]+)?[0-9]*@" + dotted + "$"));
        list(yaml, "synchronised-naming", List.of("^[a-z]+(\\.[a-z]+)?[0-9]*@" + dotted + "$"));
        list(yaml, "admin-naming", List.of("^adm_[a-z]+@" + dotted + "$"));
        List<String> admins = new ArrayList<>(List.of(
                tenant.reserved(0).principalName(),
                tenant.reserved(1).principalName(),
                tenant.sync().principalName()));
        admins.add("Workday to Entra ID User Provisioning");
        list(yaml, "approved-user-admins", admins);
        list(yaml, "approved-inviters", List.of(tenant.reserved(Tenant.INVITER).principalName()));
        list(yaml, "sync-accounts", List.of(tenant.sync().principalName()));
        list(
                yaml,
                "approved-account-sources",
                List.of(tenant.sync().principalName(), "Azure AD Connect", "Workday to Entra ID User Provisioning"));
        list(yaml, "privileged-accounts", extras.admins());
        list(yaml, "vips", extras.vips());
        yaml.append("\n    privileged-controls: { countries: [ ")
                .append(tenant.city().country());
        yaml.append(" ], networks: [ 192.0.2.0/24 ], devices: [ compliant, managed ] }");
        yaml.append("\n    stationary:\n      - name: Plant\n        countries: [ ");
        yaml.append(tenant.city().country()).append(" ]\n        users: ").append(flow(extras.stationary()));
        yaml.append('\n');
    }

    private static void entry(StringBuilder yaml, String name, String value) {
        yaml.append("\n    ").append(name).append(": ").append(value);
    }

    private static void list(StringBuilder yaml, String name, List<String> values) {
        entry(yaml, name, flow(values));
    }

    private static String flow(List<String> values) {
        return values.isEmpty() ? "[]" : "[ '" + String.join("', '", values) + "' ]";
    }
}
