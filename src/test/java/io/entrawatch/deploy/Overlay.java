package io.entrawatch.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.entrawatch.testkit.Skip;

/** What Kustomize makes of an overlay. Tests that look at one are skipped where there is no kubectl to ask. */
final class Overlay {

    static final Path DIRECTORY = Path.of("deploy/kubernetes");

    private static final Map<String, Program> RENDERED = new ConcurrentHashMap<>();

    private final String name;

    Overlay(String name) {
        this.name = name;
    }

    static Stream<Overlay> all() {
        return Stream.of(new Overlay("dev"), new Overlay("production"));
    }

    List<JsonNode> documents() {
        Program rendered = RENDERED.computeIfAbsent(
                name, unused -> Program.run(DIRECTORY, "kubectl", "kustomize", "overlays/" + name));
        Skip.unless(!rendered.isMissing(), "no kubectl here: the overlays were not rendered");
        if (rendered.exit() != 0) {
            throw new AssertionError(name + ": " + rendered.output());
        }
        return Manifests.all(rendered.output());
    }

    List<JsonNode> of(String kind) {
        return documents().stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
    }

    JsonNode deployment() {
        List<JsonNode> deployments = of("FlinkDeployment");
        if (deployments.size() != 1) {
            throw new AssertionError(name + ": " + deployments.size() + " FlinkDeployments (expected: one)");
        }
        return deployments.get(0);
    }

    List<String> names(String kind) {
        return of(kind).stream()
                .map(document -> document.at("/metadata/name").asText())
                .toList();
    }

    /** The templates that each pod is merged from: of all, of the JobManager, of the TaskManagers. */
    List<JsonNode> podTemplates() {
        JsonNode spec = deployment().get("spec");
        return List.of(
                spec.at("/podTemplate/spec"),
                spec.at("/jobManager/podTemplate/spec"),
                spec.at("/taskManager/podTemplate/spec"));
    }

    List<JsonNode> inPodTemplates(String list) {
        List<JsonNode> all = new ArrayList<>();
        podTemplates().forEach(template -> all.addAll(Manifests.items(template.path(list))));
        return all;
    }

    /** Walks through everything with a name, whatever it stands in. */
    static void walk(JsonNode node, BiConsumer<String, JsonNode> visitor) {
        Manifests.entries(node).forEach((key, value) -> {
            visitor.accept(key, value);
            walk(value, visitor);
        });
        if (node.isArray()) {
            node.forEach(item -> walk(item, visitor));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
