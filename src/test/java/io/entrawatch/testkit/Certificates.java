package io.entrawatch.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority and the certificates that it signs, made with the JDK's own tool. */
public final class Certificates {

    /** Of every keystore that is made here. */
    public static final String PASSWORD = "keystore-4f81c2";

    private static final String AUTHORITY = "authority";

    private final Path directory;
    private final Path keystore;

    private Certificates(Path directory) {
        this.directory = directory;
        this.keystore = directory.resolve(AUTHORITY + ".p12");
    }

    /** A new authority with its files in a directory. */
    public static Certificates in(Path directory) throws Exception {
        Certificates certificates = new Certificates(Files.createDirectories(directory));
        certificates.generate(AUTHORITY, "-ext", "bc:c", "-validity", "3650");
        certificates.keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                AUTHORITY,
                "-file",
                certificates.pem().toString());
        return certificates;
    }

    /** The authority's own certificate, to be trusted. */
    public Path pem() {
        return directory.resolve(AUTHORITY + ".pem");
    }

    /** A store with a key and its certificate, for names such as {@code dns:localhost,ip:127.0.0.1}. */
    public Path server(String name, String names) throws Exception {
        return sign(name, "-ext", "san=" + names, "-validity", "365");
    }

    /** The same, of a certificate that has run out. */
    public Path expired(String name, String names) throws Exception {
        return sign(name, "-ext", "san=" + names, "-startdate", "-20d", "-validity", "10");
    }

    /** The same, of a certificate that begins to be valid in ten days. */
    public Path early(String name, String names) throws Exception {
        return sign(name, "-ext", "san=" + names, "-startdate", "+10d", "-validity", "10");
    }

    /** Trusts the authority and no other. */
    public SSLContext trusting() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(read(keystore));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Shows the certificate of a store. */
    public static SSLContext showing(Path store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(read(store), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore read(Path store) throws Exception {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private Path sign(String name, String... options) throws Exception {
        List<String> signed = new ArrayList<>(List.of("-signer", AUTHORITY));
        signed.addAll(List.of(options));
        generate(name, signed.toArray(String[]::new));
        Path store = directory.resolve(name + ".p12");
        char[] password = PASSWORD.toCharArray();
        KeyStore all = read(keystore);
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, password);
        one.setKeyEntry(name, all.getKey(name, password), password, all.getCertificateChain(name));
        try (OutputStream out = Files.newOutputStream(store)) {
            one.store(out, password);
        }
        return store;
    }

    private void generate(String alias, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC"));
        all.addAll(List.of("-storetype", "PKCS12", "-dname", "CN=" + alias + " " + directory.getFileName()));
        all.addAll(Arrays.asList(options));
        keytool(all.toArray(String[]::new));
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-keystore", keystore.toString(), "-storepass", PASSWORD));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes());
        if (tool.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }
}
