package io.github.venicevideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.Station;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let into the console, and who is not. */
@Timeout(300)
class ConsoleTest {

    private static final String TOKEN = "sixteen-or-more-0";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;
    private static Station station;
    private static Station guarded;

    @BeforeAll
    static void start() throws Exception {
        station = Station.in(folder.resolve("open")).with("venice.console.port", "0").start();
        guarded = Station.in(folder.resolve("guarded")).with("venice.console.port", "0")
                .with("venice.console.host", "0.0.0.0").with("venice.console.token", TOKEN).start();
        for (Station each : new Station[] {station, guarded}) {
            each.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("platform-http:/api/echo?httpMethodRestrict=POST").routeId("venice-test-echo")
                            .routeConfigurationId("venice-console")
                            .to("bean:veniceConsoleGuard?method=check")
                            .convertBodyTo(String.class)
                            .process(exchange -> {
                                if (exchange.getMessage().getBody(String.class).contains("fail")) {
                                    throw new IllegalStateException("a secret of the house");
                                }
                            })
                            .setBody(exchange -> Map.of("got", exchange.getMessage().getBody(String.class)))
                            .to("bean:veniceConsoleAnswer?method=json");
                }
            });
        }
    }

    @AfterAll
    static void stop() throws Exception {
        station.close();
        guarded.close();
    }

    @Test
    void healthIsUpWhileAllIsWell() throws Exception {
        for (String path : new String[] {"/observe/health", "/observe/health/live", "/observe/health/ready"}) {
            HttpResponse<String> answer = get(station, path);

            assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
            assertThat(json(answer).path("status").asText()).isEqualTo("UP");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
    }

    @Test
    void aPageThatCallsUsByItsOwnNameIsRefused() throws Exception {
        String answer = RawCall.to(station.console("/").getPort(), """
                GET /observe/health HTTP/1.1
                Host: evil.example:80
                Connection: close

                """);

        assertThat(answer).startsWith("HTTP/1.1 403").contains("venice.console.token");
        for (String host : new String[] {"localhost:1", "127.0.0.1", "[::1]:8080", "LOCALHOST"}) {
            assertThat(RawCall.to(station.console("/").getPort(), "GET /observe/health HTTP/1.1\nHost: " + host
                    + "\nConnection: close\n\n")).as(host).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aFormOfAnotherPageIsRefused() throws Exception {
        assertThat(post(station, "{}", "text/plain").statusCode()).isEqualTo(415);
        assertThat(post(station, "{}", "application/x-www-form-urlencoded").statusCode()).isEqualTo(415);
        assertThat(post(station, "{}", "application/json", "Origin", "https://evil.example").statusCode()).isEqualTo(403);
        assertThat(post(station, "{}", "application/json", "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(post(station, "{}", "application/json", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);

        HttpResponse<String> own = post(station, "{\"a\": 1}", "application/json; charset=utf-8", "Origin",
                station.console("").toString(), "Sec-Fetch-Site", "same-origin", "X-Mine", "echo");
        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(json(own).path("got").asText()).isEqualTo("{\"a\": 1}");
        assertThat(own.headers().map()).doesNotContainKey("x-mine");
    }

    /** The server puts parameters of the query, and fields of forms, among the headers. */
    @Test
    void whatAPageMayNotSendAsAHeaderItCannotSendOtherwise() throws Exception {
        for (String query : new String[] {"Content-Type=application/json&Origin=x&Sec-Fetch-Site=x",
                "content-type=application/json", "Origin=x", "anything", "a=b"}) {
            assertThat(RawCall.to(station.console("/").getPort(), "POST /api/echo?" + query + " HTTP/1.1\nHost: 127.0.0.1\n"
                    + "Origin: https://evil.example\nSec-Fetch-Site: cross-site\nContent-Length: 2\nConnection: close\n\n{}"))
                    .as(query).startsWith("HTTP/1.1 4").doesNotContain("\"got\"");
            assertThat(postWith(station, query, "{}").statusCode()).as(query).isEqualTo(400);
        }
        assertThat(post(station, "Content-Type=application%2Fjson&Origin=x&Sec-Fetch-Site=x",
                "application/x-www-form-urlencoded", "Origin", "https://evil.example").statusCode()).isBetween(400, 415);
        assertThat(post(station, "--b\r\nContent-Disposition: form-data; name=\"Content-Type\"\r\n\r\napplication/json\r\n"
                + "--b--\r\n", "multipart/form-data; boundary=b").statusCode()).isBetween(400, 415);
        assertThat(RawCall.to(station.console("/").getPort(), "POST /api/echo HTTP/1.1\nHost: 127.0.0.1\n"
                + "Content-Type: application/json\nOrigin: https://evil.example\nOrigin: http://127.0.0.1\n"
                + "Content-Length: 2\nConnection: close\n\n{}")).startsWith("HTTP/1.1 400");
    }

    @Test
    void whatIsTrustedInAHeaderIsRefusedInAQuery() throws Exception {
        int port = station.console("/").getPort();
        assertThat(RawCall.to(port, "GET /observe/health?Host=localhost HTTP/1.1\nHost: evil.example\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(RawCall.to(port, "GET /observe/health?Host=localhost HTTP/1.0\nConnection: close\n\n"))
                .contains(" 400 ");
        for (String query : new String[] {"Authorization=Bearer%20" + TOKEN, "a=b&authorization=Bearer+" + TOKEN,
                "%41uthorization=Bearer%20" + TOKEN, "a;Authorization=Bearer%20" + TOKEN}) {
            HttpResponse<String> answer = get(guarded, "/observe/health?" + query);

            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).doesNotContain(TOKEN);
        }
        assertThat(get(guarded, "/observe/health?Authorization=x", "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(400);
        assertThat(get(station, "/observe/health?a=b").statusCode()).isEqualTo(200);
    }

    @Test
    void whatGoesWrongInsideIsNotTold() throws Exception {
        HttpResponse<String> answer = post(station, "\"fail\"", "application/json");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("the log says why").doesNotContain("secret");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        assertThat(post(station, "x".repeat(1_100_000), "application/json").statusCode()).isEqualTo(413);
    }

    @Test
    void withATokenOnlyItsBearerIsLetIn() throws Exception {
        assertThat(get(guarded, "/observe/health").statusCode()).isEqualTo(401);
        assertThat(get(guarded, "/observe/health", "Authorization", "Bearer " + TOKEN + "1").statusCode()).isEqualTo(401);
        assertThat(get(guarded, "/observe/health", "Authorization", "Basic " + TOKEN).statusCode()).isEqualTo(401);
        assertThat(get(guarded, "/observe/health?token=" + TOKEN).statusCode()).isEqualTo(401);
        assertThat(post(guarded, "{}", "application/json").statusCode()).isEqualTo(401);

        HttpResponse<String> answer = get(guarded, "/observe/health", "Authorization", "Bearer " + TOKEN);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().toString() + answer.body()).doesNotContain(TOKEN);
        assertThat(RawCall.to(guarded.console("/").getPort(), "GET /observe/health HTTP/1.1\nHost: venice.example\n"
                + "Authorization: Bearer " + TOKEN + "\nConnection: close\n\n")).startsWith("HTTP/1.1 200");
    }

    /** What lies below a path, or is spelled like it, is not served under it. */
    @Test
    void aPathIsServedAsItIsAndToItsBearerAlone() throws Exception {
        for (String path : new String[] {"/observe/health/other", "/observe/healthy", "/api/consents/other", "/api/consents/head/other"}) {
            assertThat(get(guarded, path, "Authorization", "Bearer " + TOKEN).statusCode()).as(path).isEqualTo(404);
        }
        int port = guarded.console("/").getPort();
        for (String path : new String[] {"//observe/health", "/observe/health/", "/observe/health;x", "/OBSERVE/health", "/%6fbserve/health",
                "/observe/./health", "/x/../observe/health", "/observe//health"}) {
            assertThat(RawCall.to(port, "GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n")).as(path)
                    .startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void noPageOfAnotherOriginIsLetRead() throws Exception {
        int port = guarded.console("/").getPort();
        for (String method : new String[] {"OPTIONS", "GET"}) {
            assertThat(RawCall.to(port, method + " /api/consents HTTP/1.1\nHost: localhost\nAuthorization: Bearer " + TOKEN
                    + "\nOrigin: https://evil.example\nAccess-Control-Request-Method: GET\nConnection: close\n\n"))
                    .as(method).doesNotContainIgnoringCase("access-control-allow");
        }
    }

    @Test
    void openToOthersNeedsAToken() {
        assertThatThrownBy(() -> address(Map.of("venice.console.host", "0.0.0.0")))
                .isInstanceOf(InvalidSettingException.class).hasMessageContaining("venice.console.token");
        assertThatThrownBy(() -> address(Map.of("venice.console.host", "0.0.0.0", "venice.console.token", "tooshort")))
                .isInstanceOf(InvalidSettingException.class).hasMessageContaining("at least 16")
                .hasMessageNotContaining("tooshort");
        assertThatThrownBy(() -> address(Map.of("venice.console.port", "http"))).hasMessageContaining("venice.console.port");
        assertThatThrownBy(() -> address(Map.of("venice.console.host", "no such host!")))
                .hasMessageContaining("venice.console.host");
        assertThat(ConsoleAddress.of(Settings.packaged())).contains(new ConsoleAddress("127.0.0.1", 8080));
        assertThat(ConsoleAddress.of(Settings.packaged().with(Map.of("venice.console.port", "")))).isEmpty();
        assertThat(ConsoleAddress.of(Settings.packaged().with(Map.of("venice.console.port", "OFF")))).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsSaidSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                DefaultCamelContext context = new DefaultCamelContext()) {
            ConsoleServer server = new ConsoleServer(new ConsoleAddress("127.0.0.1", taken.getLocalPort()), context);

            assertThatThrownBy(server::start).hasStackTraceContaining("venice.console.port=" + taken.getLocalPort());
        }
    }

    @Test
    void anAddressIsKeptUnlessItsPortIsTaken() throws Exception {
        ConsoleAddress address;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            address = new ConsoleAddress("127.0.0.1", taken.getLocalPort());
            assertThat(address.orAnyFreePort()).isEqualTo(new ConsoleAddress("127.0.0.1", 0));
        }
        assertThat(address.orAnyFreePort()).isEqualTo(address);
    }

    private static void address(Map<String, String> settings) {
        ConsoleAddress.of(Settings.packaged().with(settings));
    }

    static HttpResponse<String> get(Station from, String path, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(from.console(path)), headers);
    }

    private static HttpResponse<String> post(Station to, String body, String type, String... headers) throws Exception {
        return send(call(to, "", body, type), headers);
    }

    private static HttpResponse<String> postWith(Station to, String query, String body) throws Exception {
        return send(call(to, "?" + query, body, "application/json"));
    }

    private static HttpRequest.Builder call(Station to, String query, String body, String type) {
        return HttpRequest.newBuilder(to.console("/api/echo" + query)).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        HttpRequest.Builder built = headers.length == 0 ? request : request.headers(headers);
        return HTTP.send(built.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readTree(answer.body());
    }
}
