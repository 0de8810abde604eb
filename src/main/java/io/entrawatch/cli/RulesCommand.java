package io.entrawatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.yaml.Problems;

/** Lists, checks and explains rules. */
@Command(
        name = "rules",
        description = "Lists, checks and explains detections.",
        subcommands = ExplainCommand.class,
        mixinStandardHelpOptions = true)
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
            @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or directories.") List<Path> paths,
            @Option(
                            names = "--organization",
                            paramLabel = "FILE",
                            description = "What is known about the organization; rules whose lists it lacks are told.")
                    @Nullable
                    Path organization) {
        Problems problems = new Problems();
        Organization known =
                organization == null ? Organization.UNKNOWN : OrganizationReader.read(organization, problems);
        List<Path> own = paths.stream().map(RulesCommand::toldApart).toList();
        Catalogue catalogue = CatalogueReader.read(own, known, problems);
        new RuleChecks(own, problems).check(catalogue, organization == null ? null : known);
        PrintWriter out = spec.commandLine().getOut();
        problems.all().forEach(out::println);
        return problems.any() ? 1 : 0;
    }

    /** The shipped rules go by names below {@code detections}, and are not what is checked where one's own stand in such a directory. */
    private static Path toldApart(Path path) {
        return path.startsWith("detections") ? Path.of(".").resolve(path) : path;
    }

    @Command(
            name = "fields",
            description = "Prints the names that rules may use for fields, as Markdown.",
            mixinStandardHelpOptions = true)
    int fields() {
        spec.commandLine().getOut().print(FieldTable.markdown());
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "page",
            description = "Prints what each detection does, needs and costs, as Markdown.",
            mixinStandardHelpOptions = true)
    int page(
            @Option(
                            names = "--detections",
                            paramLabel = "DIR",
                            description = "A directory or file with further rules; may be given several times.")
                    List<Path> directories) {
        Problems problems = new Problems();
        Catalogue catalogue =
                CatalogueReader.read(directories == null ? List.of() : directories, Organization.UNKNOWN, problems);
        problems.throwIfAny();
        spec.commandLine().getOut().print(DetectionPage.markdown(catalogue));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
