package io.entrawatch.detection;

import java.time.ZoneId;

import org.junit.jupiter.api.Test;

import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

class OrganizationReaderTest {

    private final Problems problems = new Problems();

    @Test
    void aTenantInheritsWhatItDoesNotGive() {
        Organization organization = read(
                """
                defaults:
                  zone: Europe/Berlin
                  vips: [ Boss@contoso.com ]
                  egress: [ 192.0.2.0/24 ]
                  vpn-networks: [ AS64500, 64501 ]
                  lists: { approved: [ one ], other: [ two ] }
                tenants:
                  - id: AAAA
                    zone: Asia/Tokyo
                    lists: { approved: [ three ], other: [] }
                  - id: bbbb
                """);
        assertThat(problems.all()).isEmpty();
        TenantProfile own = organization.profile("aaaa");
        assertThat(own.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(own.isVip("BOSS@contoso.com")).isTrue();
        assertThat(own.isEgress("192.0.2.9")).isTrue();
        assertThat(own.vpnNetworks()).containsExactlyInAnyOrder(64500L, 64501L);
        assertThat(organization.list("aaaa", "approved")).hasValue(java.util.List.of("three"));
        assertThat(organization.list("aaaa", "other")).isEmpty();
        assertThat(organization.list("bbbb", "approved")).hasValue(java.util.List.of("one"));
        assertThat(organization.profile("other").zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void onlyASingleTenantIsTheDefault() {
        assertThat(read("tenants: [ { id: A } ]").defaultTenant()).isEqualTo("a");
        assertThat(read("tenants: [ { id: A }, { id: B } ]").defaultTenant()).isEqualTo("unknown");
        assertThat(read("defaults: {}").defaultTenant()).isEqualTo("unknown");
        assertThat(read("").defaultTenant()).isEqualTo("unknown");
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirPlaces() {
        read(
                """
                defaults:
                  zone: Europe/Berlim
                  egress: [ 192.0.2.0/24, 192.0.2.0/33 ]
                  vpn-networks: [ AS64500, ASX, 4294967296 ]
                  vip: [ a ]
                tenants:
                  - id: a
                  - id: A
                  - name: b
                tenant: []
                """);
        assertThat(problems.all())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        told -> assertThat(told).startsWith("organization.yaml:2:9: zone: Europe/Berlim"),
                        told -> assertThat(told).startsWith("organization.yaml:3:27: egress: '192.0.2.0/33'"),
                        told -> assertThat(told).startsWith("organization.yaml:4:28: vpn-networks: 'ASX'"),
                        told -> assertThat(told).startsWith("organization.yaml:4:33: vpn-networks: '4294967296'"),
                        told -> assertThat(told)
                                .startsWith("organization.yaml:5:3: vip: unknown here (did you mean 'vips'?)"),
                        told -> assertThat(told).isEqualTo("organization.yaml:8:9: id: a is given twice"),
                        told -> assertThat(told).isEqualTo("organization.yaml:9:5: id: missing (expected: a text)"),
                        told -> assertThat(told)
                                .startsWith("organization.yaml:10:1: tenant: unknown here (did you mean 'tenants'?)"));
    }

    private Organization read(String text) {
        return OrganizationReader.read("organization.yaml", text, problems);
    }
}
