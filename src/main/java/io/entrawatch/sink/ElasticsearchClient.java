package io.entrawatch.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

import io.entrawatch.settings.OutputSettings;
import io.entrawatch.settings.Secret;

/** Speaks plain HTTP and JSON with Elasticsearch 8 and 9, one host after the other. */
final class ElasticsearchClient {

    private final OutputSettings.Elasticsearch settings;
    private final HttpClient http;
    private final List<String> hosts;
    private final AtomicInteger turn = new AtomicInteger();

    ElasticsearchClient(OutputSettings.Elasticsearch settings) {
        this.settings = settings;
        this.hosts = settings.hosts().stream()
                .map(host -> host.endsWith("/") ? host.substring(0, host.length() - 1) : host)
                .toList();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout());
        String caFile = settings.caFile();
        if (caFile != null) {
            builder.sslContext(trusting(Path.of(caFile)));
        }
        this.http = builder.build();
    }

    CompletableFuture<HttpResponse<String>> bulk(byte[] body) {
        HttpRequest request = request(
                        "/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason")
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> head(String path) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        String host = hosts.get(Math.floorMod(turn.getAndIncrement(), hosts.size()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(host + path)).timeout(settings.timeout());
        String authorization = authorization();
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private @Nullable String authorization() {
        Secret apiKey = settings.apiKey();
        if (apiKey != null) {
            return "ApiKey " + apiKey.reveal();
        }
        Secret password = settings.password();
        if (password == null) {
            return null;
        }
        String pair = settings.username() + ":" + password.reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** A context that trusts the certificates of a PEM file and no others. */
    private static SSLContext trusting(Path caFile) {
        try (InputStream pem = Files.newInputStream(caFile)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException("ca-file: " + caFile + " cannot be read: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "ca-file: " + caFile + " (expected: certificates in PEM): " + e.getMessage(), e);
        }
    }
}
