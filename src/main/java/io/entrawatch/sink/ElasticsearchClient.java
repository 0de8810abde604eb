package io.entrawatch.sink;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

import io.entrawatch.settings.OutputSettings;
import io.entrawatch.settings.Secret;

/** Speaks plain HTTP and JSON with Elasticsearch 8 and 9, one host after the other. */
final class ElasticsearchClient {

    private final OutputSettings.Elasticsearch settings;
    private final HttpClient http;
    private final Hosts hosts;

    /** Whether any host has answered yet. What fails after that is no wrong setting. */
    private volatile boolean answered;

    private volatile boolean known;

    ElasticsearchClient(OutputSettings.Elasticsearch settings) {
        this.settings = settings;
        this.hosts = new Hosts(settings.hosts());
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

    List<String> hosts() {
        return hosts.addresses();
    }

    /**
     * A host is Elasticsearch and has taken the credentials. One that refuses them may have to find its users first, and what
     * else answers in its place is a proxy that has lost it.
     */
    void becomesKnown() {
        known = true;
    }

    boolean isKnown() {
        return known;
    }

    /** Whether the host of this answer has answered nothing but 401 for as long. */
    boolean hasRefusedFor(Duration time, HttpResponse<?> answer) {
        return hosts.hasRefusedFor(time, answer.uri());
    }

    CompletableFuture<HttpResponse<String>> bulk(byte[] body) {
        HttpRequest.Builder request = request(
                        hosts.next(),
                        "/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason")
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return exchange(request.build());
    }

    /** Whether Elasticsearch itself is there, which says in its own words that nobody gets anything under this path. */
    CompletableFuture<Boolean> answersBulk(String host) {
        return exchange(request(host, "/_bulk").GET().build())
                .handle((answer, failure) ->
                        failure == null && BulkAnswer.isRefusedMethod(answer.statusCode(), answer.body()));
    }

    /** The same of the host that has answered a bulk request. */
    CompletableFuture<Boolean> answersBulk(HttpResponse<?> answer) {
        String asked = answer.uri().toString();
        return answersBulk(asked.substring(0, asked.lastIndexOf("/_bulk")));
    }

    HttpResponse<String> head(String path) throws IOException, InterruptedException {
        return await(request(hosts.next(), path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
        return await(request(hosts.next(), path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> post(String host, String path, String json) throws IOException, InterruptedException {
        return await(request(host, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpResponse<String> await(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return exchange(request.build()).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SinkSetupException toPutRight) {
                throw toPutRight;
            }
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    /** Fails with a {@link SinkSetupException} where asking again cannot help, and names the host in any case. */
    private CompletableFuture<HttpResponse<String>> exchange(HttpRequest request) {
        String host = Hosts.of(request.uri());
        return send(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete((answer, failure) -> {
                    if (answer == null) {
                        hosts.failed(request.uri(), failure);
                    } else {
                        answered = true;
                        hosts.answered(request.uri(), answer.statusCode());
                    }
                })
                .exceptionallyCompose(failure -> explained(request, host, failure));
    }

    /** Java's own limit ends with the first line of the answer; the rest of it gets as long again. */
    private <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        Duration limit = settings.timeout().multipliedBy(2);
        CompletableFuture<HttpResponse<T>> sent = http.sendAsync(request, body);
        return sent.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).exceptionallyCompose(failure -> {
            if (!(failure instanceof TimeoutException)) {
                return CompletableFuture.failedFuture(failure);
            }
            sent.cancel(true);
            return CompletableFuture.failedFuture(
                    new HttpTimeoutException("no whole answer within " + limit.toSeconds() + " s"));
        });
    }

    private CompletableFuture<HttpResponse<String>> explained(HttpRequest request, String host, Throwable failure) {
        String toPutRight = ConnectionFailure.toPutRight(failure, settings.caFile());
        if (toPutRight != null) {
            return CompletableFuture.failedFuture(
                    new SinkSetupException("Elasticsearch at " + host + ": " + toPutRight));
        }
        boolean tls = "https".equals(request.uri().getScheme());
        return speaksOtherwise(request.uri(), tls, failure)
                .thenCompose(otherwise -> CompletableFuture.failedFuture(
                        otherwise
                                ? new SinkSetupException("Elasticsearch at " + host + ": "
                                        + (tls ? ConnectionFailure.NO_TLS : ConnectionFailure.TLS))
                                : new IOException(host + ": " + failure, failure)));
    }

    /** Asks a host that answers nothing whether it understands the other of TLS and plain text; no credentials are sent. */
    private CompletableFuture<Boolean> speaksOtherwise(URI uri, boolean tls, Throwable failure) {
        if (answered || !ConnectionFailure.isSilence(failure)) {
            return CompletableFuture.completedFuture(false);
        }
        HttpRequest knock = HttpRequest.newBuilder(URI.create((tls ? "http://" : "https://") + uri.getAuthority()))
                .timeout(settings.timeout())
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        return send(knock, HttpResponse.BodyHandlers.discarding())
                .handle((answer, refusal) -> refusal == null
                        ? !tls || !wantsTls(answer.statusCode())
                        : !tls && ConnectionFailure.isAboutCertificate(refusal));
    }

    /** Servers and proxies that speak TLS answer plain text with an error of the client's, or with the way to go. */
    private static boolean wantsTls(int status) {
        return status == 400 || status / 100 == 3;
    }

    static String hostOf(HttpResponse<?> response) {
        return Hosts.of(response.uri());
    }

    private HttpRequest.Builder request(String host, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(host + path)).timeout(settings.timeout());
        String authorization = authorization();
        try {
            return authorization == null ? request : request.header("Authorization", authorization);
        } catch (IllegalArgumentException e) {
            // Without the cause, which repeats the key.
            throw new SinkSetupException("api-key: cannot be sent (expected: what Elasticsearch calls \"encoded\")");
        }
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
            if (number == 0) {
                throw new SinkSetupException("ca-file: " + caFile + " is empty (expected: certificates in PEM)");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new SinkSetupException("ca-file: " + caFile + " cannot be read on this machine: " + e);
        } catch (GeneralSecurityException e) {
            throw new SinkSetupException("ca-file: " + caFile + " (expected: certificates in PEM): " + e.getMessage());
        }
    }
}
