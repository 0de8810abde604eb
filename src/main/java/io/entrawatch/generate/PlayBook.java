package io.entrawatch.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import io.entrawatch.yaml.Durations;

/** The plays of {@code plays.yml}: for each detection an attack and a near miss. */
final class PlayBook {

    private static final String FILE = "/generate/plays.yml";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> OF_ENTRY = Set.of("with", "attack", "near-miss");
    private static final Set<String> OF_PLAY = Set.of("what", "also", "when", "late", "steps");
    private static final Set<String> OF_STEP =
            Set.of("after", "repeat", "every", "ordinary", "enough", "sign-in", "audit", "risk", "snapshot", "azure");

    private PlayBook() {}

    /** In the order of the file. A mistake in it is one of the program. */
    static List<Play> read() {
        List<Play> plays = new ArrayList<>();
        try (InputStream file = Objects.requireNonNull(PlayBook.class.getResourceAsStream(FILE), FILE)) {
            Load load = new Load(LoadSettings.builder().setLabel(FILE).build());
            JsonNode book = MAPPER.valueToTree(load.loadFromInputStream(file));
            for (Map.Entry<String, JsonNode> entry : book.properties()) {
                expect(entry.getKey(), entry.getValue(), OF_ENTRY);
                List<String> detections = new ArrayList<>(List.of(entry.getKey()));
                detections.addAll(texts(entry.getValue().path("with")));
                for (String role : List.of("attack", "near-miss")) {
                    JsonNode play = entry.getValue().get(role);
                    if (play != null) {
                        plays.add(play(detections, role.equals("attack"), play));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return plays;
    }

    private static Play play(List<String> detections, boolean attack, JsonNode play) {
        String name = detections.get(0);
        expect(name, play, OF_PLAY);
        List<Play.Step> steps = new ArrayList<>();
        for (JsonNode step : play.path("steps")) {
            steps.add(step(name, step));
        }
        Play.When when = Play.When.valueOf(play.path("when").asText("morning").toUpperCase(Locale.ROOT));
        return new Play(
                detections,
                attack,
                play.path("what").asText(name),
                texts(play.path("also")),
                when,
                span(play.get("late")),
                steps);
    }

    private static Play.Step step(String name, JsonNode step) {
        expect(name, step, OF_STEP);
        for (Play.Kind kind : Play.Kind.values()) {
            if (step.get(kind.label()) instanceof ObjectNode record) {
                return new Play.Step(
                        span(step.get("after")),
                        step.path("repeat").asInt(1),
                        span(step.get("every")),
                        step.path("ordinary").asBoolean(),
                        step.path("enough").asBoolean(),
                        kind,
                        record);
            }
        }
        throw new IllegalStateException(FILE + ": " + name + ": " + step + " (expected: one of " + OF_STEP + ")");
    }

    private static void expect(String name, JsonNode node, Set<String> known) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String found = names.next();
            if (!known.contains(found)) {
                throw new IllegalStateException(FILE + ": " + name + ": " + found + " (expected: " + known + ")");
            }
        }
    }

    private static Duration span(@Nullable JsonNode text) {
        if (text == null) {
            return Duration.ZERO;
        }
        return Objects.requireNonNull(Durations.parse(text.asText()), () -> FILE + ": " + text);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
