package io.github.venicevideo.venice.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.answer.QueueFailure;
import io.github.venicevideo.venice.answer.QueueOutcome;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.QueueRequestEntity;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection that never becomes a safe one: nothing was sent, so it is sent again. */
@Timeout(180)
class TlsFaultsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path work;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final CountDownLatch over = new CountDownLatch(1);

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        camel.stop();
    }

    @Test
    void aCertificateThatNobodyVouchesFor() throws Exception {
        try (ServerSocket server = withACertificateOfItsOwn().getServerSocketFactory().createServerSocket(0, 5,
                InetAddress.getLoopbackAddress())) {
            serve(server, client -> client.getInputStream().read());

            assertNotSent(server.getLocalPort(), "certification path");
        }
    }

    @Test
    void aCertificateThatTheHostVouchesForIsNone() throws Exception {
        try (ServerSocket server = withACertificateOfItsOwn().getServerSocketFactory().createServerSocket(0, 5,
                InetAddress.getLoopbackAddress())) {
            serve(server, client -> {
                client.getInputStream().read(new byte[10_000]);
                client.getOutputStream().write("HTTP/1.1 402 No\r\nContent-Length: 0\r\n\r\n".getBytes());
            });
            KeyStoreParameters keys = new KeyStoreParameters();
            keys.setResource("file:" + work.resolve("keys.p12"));
            keys.setPassword(new String(PASSWORD));
            TrustManagersParameters trusted = new TrustManagersParameters();
            trusted.setKeyStore(keys);
            SSLContextParameters tls = new SSLContextParameters();
            tls.setTrustManagers(trusted);
            camel.getComponent("https", HttpComponent.class).setSslContextParameters(tls);

            Exchange done = call("https://localhost:" + server.getLocalPort() + "/api/v1", entity());

            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(402);
        }
    }

    @Test
    void aHandshakeThatIsCut() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            serve(server, client -> {
                client.getInputStream().read();
                client.setSoLinger(true, 0);
            });

            assertNotSent(server.getLocalPort(), "");
        }
    }

    @Test
    void somethingThatDoesNotSpeakTls() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            serve(server, client -> {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes());
                client.getInputStream().read(new byte[10_000]);
            });

            assertNotSent(server.getLocalPort(), "SSLException");
        }
    }

    @Test
    @Tag("soak")
    void aHandshakeThatStalls() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            serve(server, client -> await());

            assertNotSent(server.getLocalPort(), "");
        }
    }

    private void assertNotSent(int port, String why) throws IOException {
        QueueRequestEntity entity = entity();
        Exchange done = call("https://localhost:" + port + "/api/v1", entity);

        QueueOutcome.NotSent failure = (QueueOutcome.NotSent) QueueFailure.of(done.getException(), entity.fullyWritten());
        assertThat(entity.bytesWritten()).isZero();
        assertThat(failure.key()).isEqualTo("not-sent");
        assertThat(failure.message()).contains(why);
    }

    private Exchange call(String url, QueueRequestEntity entity) {
        camel.getRegistry().bind("queue", VeniceClientConfigurer.queue(ApiAddress.of(url), () -> Optional.of("secret-key"),
                Duration.ofSeconds(5)));
        return camel.createProducerTemplate().request(url + "/video/queue?httpMethod=POST"
                + "&httpClientConfigurer=#bean:queue&throwExceptionOnFailure=false", e -> e.getMessage().setBody(entity));
    }

    private void await() throws IOException {
        try {
            over.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void serve(ServerSocket server, Manner manner) {
        Thread thread = new Thread(() -> {
            try (Socket client = server.accept()) {
                manner.serve(client);
            } catch (IOException e) {
                // what the client does about it is looked at
            }
        }, "tls-server");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Manner {
        void serve(Socket client) throws IOException;
    }

    private static SSLContext withACertificateOfItsOwn() throws Exception {
        Path file = work.resolve("keys.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-alias", "server",
                "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=DNS:localhost").redirectErrorStream(true).start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static QueueRequestEntity entity() throws IOException {
        Files.write(work.resolve("medium"), new byte[1_000]);
        ObjectNode fields = Json.mapper().createObjectNode().put("model", "m").put("image_url", "");
        return QueueRequestEntity.of(new VideoRequest(fields,
                List.of(new Media("/image_url", "medium", "image/png", 1_000, null, false))), work);
    }
}
