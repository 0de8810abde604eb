package io.entrawatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.CatalogueReader;
import io.entrawatch.detection.Detection;
import io.entrawatch.yaml.Problems;

/** Lists and checks rules. */
@Command(name = "rules", description = "Lists and checks detections.", mixinStandardHelpOptions = true)
final class RulesCommand {

    @Spec
    private CommandSpec spec;

    enum Format {
        TABLE,
        JSON
    }

    @Command(name = "list", description = "Shows every loaded detection.", mixinStandardHelpOptions = true)
    int list(
            @Mixin DetectionOptions options,
            @Option(names = "--format", defaultValue = "TABLE", description = "table or json") Format format)
            throws IOException {
        Catalogue catalogue = options.load().catalogue();
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            out.println(json(catalogue));
        } else {
            table(catalogue).print(out);
        }
        return 0;
    }

    private static String json(Catalogue catalogue) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode list = mapper.createArrayNode();
        for (Catalogue.Entry entry : catalogue.entries()) {
            Detection detection = entry.detection();
            ObjectNode node = list.addObject();
            node.put("name", detection.name());
            node.put("title", detection.metadata().title());
            node.put("level", detection.metadata().level().label());
            node.put("kind", detection.kind());
            ArrayNode guide = node.putArray("guide");
            detection.metadata().guide().forEach(guide::add);
            node.put("enabled", entry.enabled());
            node.put("reason", entry.offBecause());
            node.put("file", detection.metadata().header().position().file());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    }

    private static TextTable table(Catalogue catalogue) {
        TextTable table = new TextTable("detection", "level", "kind", "guide", "on", "title");
        for (Catalogue.Entry entry : catalogue.entries()) {
            Detection detection = entry.detection();
            String reason = entry.offBecause();
            table.row(
                    detection.name(),
                    detection.metadata().level().label(),
                    detection.kind(),
                    String.join(" ", detection.metadata().guide()),
                    entry.enabled() ? "yes" : "no",
                    detection.metadata().title() + (reason == null ? "" : " (off: " + reason + ")"));
        }
        return table;
    }

    @Command(
            name = "check",
            description = "Checks rule files; prints file:line:column and what is wrong.",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or directories.") List<Path> paths) {
        Problems problems = new Problems();
        CatalogueReader.check(new ArrayList<>(paths), problems);
        PrintWriter out = spec.commandLine().getOut();
        problems.all().forEach(out::println);
        return problems.any() ? 1 : 0;
    }
}
