package io.entrawatch.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.entrawatch.event.Cidr;
import io.entrawatch.event.CidrSet;
import io.entrawatch.event.Field;
import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;

/** Compiles each of the organization's lists once, for all rules and tenants that use it in the same way. */
final class CompiledLists {

    private final IdentityHashMap<List<String>, Map<String, List<ValueTest>>> known = new IdentityHashMap<>();

    /** The tests for the values of a list, each with a text before and behind it; many equal ones are one test. */
    List<ValueTest> compile(
            Field field,
            Modifiers modifiers,
            String before,
            List<String> list,
            String after,
            Position at,
            Problems problems) {
        Map<String, List<ValueTest>> uses = known.computeIfAbsent(list, key -> new HashMap<>());
        String form = ValueNames.isOfAddresses(field) ? field.label() : "";
        String use = modifiers.signature() + '\n' + before + '\n' + after + '\n' + form;
        List<ValueTest> compiled = uses.get(use);
        if (compiled != null) {
            return compiled;
        }
        int problemsBefore = problems.count();
        List<ValueTest> tests = new ArrayList<>();
        for (String item : list) {
            String text = ValueNames.asRecorded(field, before + item + after, modifiers);
            ValueTest test = modifiers.compile(text, at, problems);
            if (test != null) {
                tests.add(test);
            }
        }
        List<ValueTest> merged = modifiers.has("all") ? List.copyOf(tests) : merge(tests);
        if (problems.count() == problemsBefore) {
            uses.put(use, merged);
        }
        return merged;
    }

    private static List<ValueTest> merge(List<ValueTest> tests) {
        Set<String> texts = new HashSet<>();
        List<Cidr> blocks = new ArrayList<>();
        List<ValueTest> merged = new ArrayList<>();
        for (ValueTest test : tests) {
            if (test instanceof ValueTest.Equal equal && !equal.cased()) {
                texts.add(CaseFolding.fold(equal.expected()));
            } else if (test instanceof ValueTest.InBlock in) {
                blocks.add(in.block());
            } else {
                merged.add(test);
            }
        }
        if (!blocks.isEmpty()) {
            merged.add(0, new ValueTest.InBlocks(CidrSet.of(blocks)));
        }
        if (!texts.isEmpty()) {
            merged.add(0, new ValueTest.OneOf(Set.copyOf(texts)));
        }
        return List.copyOf(merged);
    }
}
