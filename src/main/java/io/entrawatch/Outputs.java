package io.entrawatch;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.event.HealthReport;
import io.entrawatch.sink.Document;
import io.entrawatch.sink.Documents;
import io.entrawatch.sink.Writers;

/** Leads what the topology finds to the writers that are on. */
public final class Outputs {

    private Outputs() {}

    /** Writes alerts, dead letters, late events, and health where it is reported. */
    public static void write(Topology.Findings findings, Catalogue catalogue, List<Writers.Writer> writers) {
        Map<Document.Target, DataStream<Document>> documents = new EnumMap<>(Document.Target.class);
        documents.put(
                Document.Target.ALERTS,
                named(
                        findings.alerts().flatMap(new Documents.OfAlerts(catalogue.withoutQuestions())),
                        "Write alerts as ECS documents",
                        "alert-documents"));
        documents.put(
                Document.Target.DEAD_LETTERS,
                named(
                        findings.deadLetters().map(Documents::of),
                        "Write dead letters as documents",
                        "dead-letter-documents"));
        documents.put(
                Document.Target.LATE,
                named(findings.late().map(Documents::of), "Write late events as documents", "late-documents"));
        DataStream<HealthReport> health = findings.health();
        if (health != null) {
            documents.put(
                    Document.Target.HEALTH,
                    named(health.map(Documents::of), "Write health as documents", "health-documents"));
        }
        for (Writers.Writer writer : writers) {
            documents.forEach((target, stream) -> writer.write(stream, target));
        }
    }

    private static DataStream<Document> named(SingleOutputStreamOperator<Document> documents, String name, String uid) {
        return documents.returns(TypeInformation.of(Document.class)).name(name).uid(uid);
    }
}
