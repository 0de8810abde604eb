package io.entrawatch.alert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;

import io.entrawatch.detection.DetectionMetadata;

import static io.entrawatch.alert.EcsJson.writeObject;
import static io.entrawatch.alert.EcsJson.writeTexts;

/** Writes the tactics and techniques of MITRE ATT&CK that a detection looks for. */
final class EcsThreat {

    private EcsThreat() {}

    static void write(JsonGenerator json, DetectionMetadata metadata) throws IOException {
        if (metadata.tactics().isEmpty() && metadata.techniques().isEmpty()) {
            return;
        }
        List<String> tactics = metadata.tactics().stream()
                .filter(name -> Attack.tacticId(name) != null)
                .toList();
        Set<String> techniques = new LinkedHashSet<>();
        List<String> details = new ArrayList<>();
        for (String technique : metadata.techniques()) {
            int dot = technique.indexOf('.');
            techniques.add(dot < 0 ? technique : technique.substring(0, dot));
            if (dot >= 0) {
                details.add(technique);
            }
        }
        writeObject(json, "threat", () -> {
            json.writeStringField("framework", "MITRE ATT&CK");
            writeObject(json, "tactic", () -> {
                writeTexts(json, "id", tactics.stream().map(Attack::tacticId).toList());
                writeTexts(
                        json, "name", tactics.stream().map(Attack::tacticName).toList());
            });
            writeObject(json, "technique", () -> {
                writeNamed(json, techniques);
                if (!details.isEmpty()) {
                    writeObject(json, "subtechnique", () -> writeNamed(json, details));
                }
            });
        });
    }

    private static void writeNamed(JsonGenerator json, Collection<String> techniques) throws IOException {
        writeTexts(json, "id", techniques);
        writeTexts(json, "name", techniques.stream().map(Attack::techniqueName).toList());
    }
}
