package io.entrawatch;

import java.util.ArrayList;
import java.util.List;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.sink.Document;
import io.entrawatch.sink.Documents;
import io.entrawatch.sink.Writers;

/** Leads what the topology finds to the writers that are on. */
public final class Outputs {

    private Outputs() {}

    /** Writes alerts, dead letters and late events. */
    public static void write(Topology.Findings findings, Catalogue catalogue, List<Writers.Writer> writers) {
        TypeInformation<Document> type = TypeInformation.of(Document.class);
        List<DataStream<Document>> documents = new ArrayList<>();
        documents.add(findings.alerts()
                .map(new Documents.OfAlerts(catalogue.withoutQuestions()))
                .returns(type)
                .name("Write alerts as ECS documents")
                .uid("alert-documents"));
        documents.add(findings.deadLetters()
                .map(Documents::of)
                .returns(type)
                .name("Write dead letters as documents")
                .uid("dead-letter-documents"));
        documents.add(findings.late()
                .map(Documents::of)
                .returns(type)
                .name("Write late events as documents")
                .uid("late-documents"));
        Document.Target[] targets = Document.Target.values();
        for (Writers.Writer writer : writers) {
            for (int i = 0; i < targets.length; i++) {
                writer.write(documents.get(i), targets[i]);
            }
        }
    }
}
