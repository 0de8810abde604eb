package io.entrawatch.engine.screen;

import java.util.ArrayList;
import java.util.List;

import io.entrawatch.detection.organization.OrganizationFields;
import io.entrawatch.event.Field;
import io.entrawatch.rule.Matcher;

/**
 * A question in two parts that both have to be answered with yes: the second is asked only where the first holds, because
 * what the organization says of a record has to be computed first.
 *
 * @param computed the fields of the organization that the second part looks at; none where there is no second part
 */
record SplitMatcher(Matcher ofTheRecord, Field[] computed, Matcher ofTheOrganization) {

    static SplitMatcher of(Matcher matcher) {
        List<Matcher> ofTheRecord = new ArrayList<>();
        List<Matcher> ofTheOrganization = new ArrayList<>();
        for (Matcher part : parts(matcher)) {
            boolean computed = OrganizationFields.among(part.fields()).length > 0;
            (computed ? ofTheOrganization : ofTheRecord).add(part);
        }
        Matcher second = all(ofTheOrganization);
        return new SplitMatcher(all(ofTheRecord), OrganizationFields.among(second.fields()), second);
    }

    private static List<Matcher> parts(Matcher matcher) {
        if (matcher instanceof Matcher.And and) {
            return and.parts().stream().flatMap(part -> parts(part).stream()).toList();
        }
        return List.of(matcher);
    }

    private static Matcher all(List<Matcher> parts) {
        return parts.size() == 1 ? parts.get(0) : new Matcher.And(List.copyOf(parts));
    }
}
