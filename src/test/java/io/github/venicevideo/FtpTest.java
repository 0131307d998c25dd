package io.github.venicevideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.source.SourceWatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real FTP server, from which bundles are taken and to which videos go, byte for byte. */
@Timeout(300)
class FtpTest {

    private static final String PROMPT = "A canal\nat dawn\r\nand dusk";

    @TempDir
    private Path folder;
    private Path inbox;
    private Path videos;
    private FtpServer server;
    private Station station;

    @BeforeEach
    void start() throws Exception {
        inbox = Files.createDirectories(folder.resolve("ftp/inbox"));
        videos = Files.createDirectories(folder.resolve("ftp/videos"));
        int port = FreePort.take();
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(port);
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener.createListener());
        BaseUser user = new BaseUser();
        user.setName("videos");
        user.setPassword("local-password");
        user.setHomeDirectory(folder.resolve("ftp").toString());
        user.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(user);
        server = factory.createServer();
        server.start();
        String endpoint = "ftp://videos@127.0.0.1:" + port + "/%s?password=local-password&passiveMode=true";
        station = Station.quick(folder.resolve("station")).with("venice.drop.sources", "courier")
                .with("venice.drop.sources.courier", endpoint.formatted("inbox") + "&delay=100")
                .with("venice.delivery.to", "archive").with("venice.destinations.archive", endpoint.formatted("videos"));
    }

    @AfterEach
    void stop() throws Exception {
        station.close();
        server.stop();
    }

    @Test
    void bundlesComeAndVideosGoByteForByte() throws Exception {
        // Both are full of bytes that text has other ends of lines for.
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(inbox.resolve("canal.zip")))) {
            zip.putNextEntry(new ZipEntry("prompt.txt"));
            zip.write(PROMPT.getBytes(StandardCharsets.UTF_8));
        }
        station.startImpatient();

        JsonNode job = station.awaitDone("canal");

        assertThat(station.posted(PROMPT)).hasSize(1);
        assertThat(DigestUtils.sha256Hex(Files.readAllBytes(videos.resolve("canal.mp4")))).isEqualTo(job.path("video").path("sha256").asText());
        await().atMost(Station.PATIENCE).until(() -> inbox.toFile().list().length == 0);
    }

    @Test
    void aFolderThatIsTooLongToBeListedIsSaidAndHoldsUpNothing() throws Exception {
        for (int i = 0; i <= 10_000; i++) {
            Files.createFile(inbox.resolve("n" + i + ".part"));
        }
        station.startImpatient();

        SourceWatch watch = station.context().getRegistry().lookupByNameAndType("veniceSourceWatch", SourceWatch.class);
        await().atMost(Station.PATIENCE).untilAsserted(() -> assertThat(watch.down().toString()).contains("more than 10000 entries"));
        station.drop("gondola", Map.of("prompt.txt", "A gondola at dawn"));
        station.awaitDone("gondola");
    }
}
