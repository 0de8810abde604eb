package io.entrawatch.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the index templates in place where there are none and the credentials allow it. */
final class IndexTemplates {

    private static final Logger LOG = LoggerFactory.getLogger(IndexTemplates.class);

    private IndexTemplates() {}

    /** Does nothing that fails the job: without the template Elasticsearch guesses the types. */
    static void install(ElasticsearchClient client, String prefix) throws InterruptedException {
        for (String kind : new String[] {"alerts", "records", "health"}) {
            String path = "/_index_template/" + prefix + "-" + kind;
            try {
                int status = client.head(path).statusCode();
                if (status == 200) {
                    continue;
                }
                HttpResponse<String> answer = client.put(path, template(kind, prefix));
                if (answer.statusCode() == 200) {
                    LOG.info("installed the index template {}-{}", prefix, kind);
                } else {
                    LOG.warn(
                            "the index template {}-{} does not exist and was not installed ({}); put it in place or grant"
                                    + " manage_index_templates: {}",
                            prefix,
                            kind,
                            answer.statusCode(),
                            BulkAnswer.excerpt(answer.body()));
                }
            } catch (IOException e) {
                LOG.warn("Elasticsearch is not responding; index templates were not checked: {}", e.getMessage());
                return;
            }
        }
    }

    static String template(String kind, String prefix) {
        String resource = "/elasticsearch/" + kind + "-template.json";
        try (InputStream stream =
                Objects.requireNonNull(IndexTemplates.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("${prefix}", prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
