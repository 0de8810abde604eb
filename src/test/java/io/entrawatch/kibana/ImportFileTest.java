package io.entrawatch.kibana;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import io.entrawatch.kibana.ImportFile.Shown;

import static org.assertj.core.api.Assertions.assertThat;

/** The form of the file that Kibana imports: its import does not look inside dashboards, and would take nonsense. */
class ImportFileTest {

    /** The last forms that Kibana 8.12 knows; it refuses newer ones. */
    private static final Map<String, String> VERSIONS =
            Map.of("index-pattern", "8.0.0", "search", "8.0.0", "dashboard", "8.9.0");

    @Test
    void theFileIsWhatTheDashboardsSay() throws IOException {
        String rendered =
                Dashboards.savedObjects().stream().map(Json::toString).collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("entrawatch.renew")) {
            Files.writeString(ImportFile.FILE, rendered);
        }
        assertThat(Files.readString(ImportFile.FILE))
                .as("%s is renewed by: mvn test -Dtest=ImportFileTest -Dentrawatch.renew=true", ImportFile.FILE)
                .isEqualTo(rendered);
    }

    @Test
    void everyObjectHasItsOwnIdAndAFormThatKibana812Knows() throws IOException {
        Set<String> ids = new HashSet<>();
        for (JsonNode object : ImportFile.read().objects()) {
            String id = object.path("type").asText() + " " + object.path("id").asText();
            assertThat(ids.add(id)).as(id).isTrue();
            assertThat(object.path("coreMigrationVersion").asText()).as(id).isEqualTo("8.8.0");
            assertThat(object.path("typeMigrationVersion").asText())
                    .as(id)
                    .isEqualTo(VERSIONS.get(object.path("type").asText()));
        }
    }

    @Test
    void whatIsJsonInATextCanBeRead() throws IOException {
        ImportFile file = ImportFile.read();
        for (JsonNode view : file.ofType("index-pattern")) {
            for (String name : List.of("fields", "fieldAttrs", "fieldFormatMap", "runtimeFieldMap", "sourceFilters")) {
                assertThat(ImportFile.opened(view, "/attributes/" + name).isContainerNode())
                        .isTrue();
            }
        }
        for (JsonNode search : file.ofType("search")) {
            assertLucene(ImportFile.opened(search, "/attributes/kibanaSavedObjectMeta/searchSourceJSON"));
        }
        for (JsonNode dashboard : file.ofType("dashboard")) {
            assertLucene(ImportFile.opened(dashboard, "/attributes/kibanaSavedObjectMeta/searchSourceJSON"));
            for (String name : List.of(
                    "optionsJSON", "controlGroupInput/panelsJSON", "controlGroupInput/ignoreParentSettingsJSON")) {
                assertThat(ImportFile.opened(dashboard, "/attributes/" + name)).isNotEmpty();
            }
        }
        for (Shown map : file.panels().stream().filter(panel -> panel.is("map")).toList()) {
            assertLucene(ImportFile.opened(map.attributes(), "/mapStateJSON"));
            JsonNode layers = ImportFile.opened(map.attributes(), "/layerListJSON");
            assertThat(layers).hasSize(2);
            assertLucene(layers.get(1));
            assertThat(ImportFile.opened(map.attributes(), "/uiStateJSON")).isNotEmpty();
        }
    }

    @Test
    void panelsFillTheGridAndLieBesideEachOther() throws IOException {
        for (List<Shown> panels : byDashboard()) {
            Set<String> taken = new HashSet<>();
            for (Shown panel : panels) {
                JsonNode place = panel.json().path("gridData");
                assertThat(place.path("i").asText()).isEqualTo(panel.id());
                for (int x = place.path("x").asInt(); x < right(place); x++) {
                    for (int y = place.path("y").asInt(); y < bottom(place); y++) {
                        assertThat(taken.add(x + "," + y))
                                .as("%s covers another", panel)
                                .isTrue();
                    }
                }
            }
            int deepest = panels.stream()
                    .mapToInt(panel -> bottom(panel.json().path("gridData")))
                    .max()
                    .orElseThrow();
            assertThat(taken).hasSize(Dashboard.WIDTH * deepest);
            assertThat(panels).allSatisfy(panel -> assertThat(right(panel.json().path("gridData")))
                    .isLessThanOrEqualTo(Dashboard.WIDTH));
        }
    }

    @Test
    void everyReferenceLeadsSomewhereAndIsUsed() throws IOException {
        ImportFile file = ImportFile.read();
        for (JsonNode object : file.objects()) {
            Set<String> names = new TreeSet<>();
            for (JsonNode reference : object.path("references")) {
                assertThat(file.find(
                                reference.path("type").asText(),
                                reference.path("id").asText()))
                        .isNotNull();
                assertThat(names.add(reference.path("name").asText()))
                        .as("%s", reference)
                        .isTrue();
            }
            assertThat(names).as(object.path("id").asText()).isEqualTo(namesUsed(file, object));
        }
    }

    @Test
    void theColumnsOfLensAreThoseItDraws() throws IOException {
        for (Shown panel : ImportFile.read().panels()) {
            if (!panel.is("lens")) {
                continue;
            }
            JsonNode layer = panel.attributes().at("/state/datasourceStates/formBased/layers/layer");
            List<String> columns = new ArrayList<>();
            layer.path("columns").fieldNames().forEachRemaining(columns::add);
            assertThat(texts(layer.path("columnOrder"))).as("%s", panel).isEqualTo(columns);
            assertThat(drawn(panel.attributes().at("/state/visualization")))
                    .as("%s", panel)
                    .containsExactlyInAnyOrderElementsOf(columns);
            layer.path("columns").findValues("orderBy").forEach(order -> assertThat(columns)
                    .contains(order.path("columnId").asText()));
            assertLucene(panel.attributes().path("state"));
        }
    }

    @Test
    void aClickOpensADashboardOfTheFile() throws IOException {
        List<Shown> opening = ImportFile.read().panels().stream()
                .filter(panel -> !panel.json()
                        .at("/embeddableConfig/enhancements/dynamicActions")
                        .isMissingNode())
                .toList();
        assertThat(opening).hasSizeGreaterThan(3);
        assertThat(opening)
                .extracting(panel -> panel.referenced(drilldown(panel.json())))
                .containsOnly("entrawatch-one-user");
        assertThat(opening)
                .anyMatch(panel -> panel.dashboard().path("id").asText().equals("entrawatch-overview"));
    }

    @Test
    void everyFieldThatIsAskedForIsInATemplate() throws IOException {
        Map<String, JsonNode> mappings = mappings();
        for (Question question : Question.all(ImportFile.read())) {
            Set<String> fields = new TreeSet<>(question.fields());
            fields.addAll(question.shown());
            fields.addAll(question.queried());
            assertThat(fields).as("%s", question).allMatch(field -> has(mappings.get(question.indices()), field));
        }
    }

    @Test
    void whatIsChosenOnADashboardIsAFieldOfAllThatItShows() throws IOException {
        ImportFile file = ImportFile.read();
        Map<String, JsonNode> mappings = mappings();
        for (JsonNode dashboard : file.ofType("dashboard")) {
            Set<String> chosen = new TreeSet<>();
            ImportFile.opened(dashboard, "/attributes/controlGroupInput/panelsJSON")
                    .forEach(control ->
                            chosen.add(control.at("/explicitInput/fieldName").asText()));
            assertThat(chosen).isNotEmpty();
            file.panels().stream()
                    .filter(panel -> panel.dashboard() == dashboard && !showsAll(panel))
                    .forEach(panel -> views(file, panel).forEach(view -> assertThat(chosen)
                            .as("%s", panel)
                            .allMatch(field -> has(mappings.get(view), field))));
        }
    }

    private static boolean showsAll(Shown panel) {
        return panel.attributes()
                .at("/state/datasourceStates/formBased/layers/layer/ignoreGlobalFilters")
                .asBoolean();
    }

    /** The indices that a panel looks at. */
    private static Set<String> views(ImportFile file, Shown panel) {
        Set<String> views = new TreeSet<>();
        panel.attributes().path("references").forEach(reference -> {
            if (reference.path("type").asText().equals("index-pattern")) {
                views.add(reference.path("id").asText());
            }
        });
        if (panel.is("search")) {
            JsonNode search = file.find(
                    "search", panel.referenced(panel.json().path("panelRefName").asText()));
            views.add(ImportFile.reference(search, "kibanaSavedObjectMeta.searchSourceJSON.index"));
        }
        return views.stream()
                .map(view ->
                        file.find("index-pattern", view).at("/attributes/title").asText())
                .collect(Collectors.toSet());
    }

    /** The mappings of the templates that ship, by the indices they are for. */
    private static Map<String, JsonNode> mappings() throws IOException {
        Map<String, JsonNode> mappings = new HashMap<>();
        for (String kind : List.of("alerts", "records", "health")) {
            JsonNode template = new ObjectMapper()
                    .readTree(Path.of("deploy/elasticsearch/templates/" + kind + "-template.json")
                            .toFile());
            for (JsonNode pattern : template.path("index_patterns")) {
                mappings.put(pattern.asText().replace("${prefix}", "entrawatch"), template.at("/template/mappings"));
            }
        }
        return mappings;
    }

    private static boolean has(JsonNode mappings, String field) {
        return mappings.at("/properties/" + field.replace(".", "/properties/")).has("type");
    }

    @Test
    void linksLeadToDashboardsOfTheFile() throws IOException {
        ImportFile file = ImportFile.read();
        List<String> notes = file.panels().stream()
                .filter(panel -> panel.is("visualization"))
                .map(panel -> panel.json()
                        .at("/embeddableConfig/savedVis/params/markdown")
                        .asText())
                .toList();
        assertThat(notes).hasSameSizeAs(file.ofType("dashboard"));
        for (JsonNode dashboard : file.ofType("dashboard")) {
            assertThat(notes)
                    .allMatch(note ->
                            note.contains("(#/view/" + dashboard.path("id").asText() + ")"));
        }
    }

    /** The names by which an object refers to others, wherever in it they stand. */
    private static Set<String> namesUsed(ImportFile file, JsonNode object) {
        Set<String> names = new TreeSet<>();
        switch (object.path("type").asText()) {
            case "search" ->
                names.add(ImportFile.opened(object, "/attributes/kibanaSavedObjectMeta/searchSourceJSON")
                        .path("indexRefName")
                        .asText());
            case "dashboard" -> {
                ImportFile.opened(object, "/attributes/controlGroupInput/panelsJSON")
                        .fieldNames()
                        .forEachRemaining(control -> names.add("controlGroup_" + control + ":optionsListDataView"));
                file.panels().stream()
                        .filter(panel -> panel.dashboard() == object)
                        .forEach(panel -> namesUsed(panel).forEach(name -> names.add(panel.id() + ":" + name)));
            }
            default -> {}
        }
        return names;
    }

    private static List<String> namesUsed(Shown panel) {
        List<String> names = new ArrayList<>();
        panel.attributes().path("references").forEach(reference -> {
            names.add(reference.path("name").asText());
            assertThat(panel.referenced(reference.path("name").asText()))
                    .isEqualTo(reference.path("id").asText());
        });
        if (panel.json().has("panelRefName")) {
            names.add(panel.json().path("panelRefName").asText());
        }
        if (panel.json().at("/embeddableConfig/enhancements").has("dynamicActions")) {
            names.add(drilldown(panel.json()));
        }
        return names;
    }

    private static String drilldown(JsonNode panel) {
        JsonNode event = panel.at("/embeddableConfig/enhancements/dynamicActions/events/0");
        return "drilldown:" + event.at("/action/factoryId").asText() + ":"
                + event.path("eventId").asText() + ":dashboardId";
    }

    private static List<String> drawn(JsonNode visualization) {
        List<String> columns = new ArrayList<>();
        for (String name : List.of("metricAccessor", "columnId", "xAccessor", "splitAccessor")) {
            visualization.findValues(name).forEach(column -> columns.add(column.asText()));
        }
        visualization.findValues("accessors").forEach(accessors -> columns.addAll(texts(accessors)));
        return columns;
    }

    private static List<List<Shown>> byDashboard() throws IOException {
        return List.copyOf(ImportFile.read().panels().stream()
                .collect(Collectors.groupingBy(
                        panel -> panel.dashboard().path("id").asText()))
                .values());
    }

    private static int right(JsonNode place) {
        return place.path("x").asInt() + place.path("w").asInt();
    }

    private static int bottom(JsonNode place) {
        return place.path("y").asInt() + place.path("h").asInt();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Elasticsearch itself understands this language, so that tests can ask it the same. */
    private static void assertLucene(JsonNode holder) {
        assertThat(holder.at("/query/language").asText()).isEqualTo("lucene");
    }
}
