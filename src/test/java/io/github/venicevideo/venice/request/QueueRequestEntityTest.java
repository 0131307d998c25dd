package io.github.venicevideo.venice.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.MediaChangedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueRequestEntityTest {

    @TempDir
    Path work;

    @Test
    void putsEachMediumWhereItsPointerSays() throws Exception {
        ObjectNode fields = object("""
                {"model": "m", "image_url": "", "reference_image_urls": ["https://a/b.png", ""],
                 "elements": [{"frontal_image_url": "", "reference_image_urls": [""]}],
                 "keyframes": [{"image_url": "", "frame_index": 120}], "a/b~c": "", "prompt": "last"}""");
        List<Media> media = List.of(
                file("/image_url", "image.png", "image/png", 1),
                file("/reference_image_urls/1", "two.webp", "image/webp", 2),
                file("/elements/0/frontal_image_url", "front.jpg", "image/jpeg", 3),
                file("/elements/0/reference_image_urls/0", "side.jpg", "image/jpeg", 4),
                file("/keyframes/0/image_url", "key.png", "image/png", 0),
                file("/a~1b~0c", "odd.mp3", "audio/mpeg", 100_000));

        JsonNode sent = Json.mapper().readTree(bytes(entity(fields, media)));

        for (Media medium : media) {
            assertThat(sent.at(medium.field()).textValue())
                    .isEqualTo("data:" + medium.mimeType() + ";base64,"
                            + Base64.getEncoder().encodeToString(Files.readAllBytes(work.resolve(medium.path()))));
        }
        assertThat(sent.at("/reference_image_urls/0").textValue()).isEqualTo("https://a/b.png");
        assertThat(sent.fieldNames()).toIterable().containsExactly(
                "model", "image_url", "reference_image_urls", "elements", "keyframes", "a/b~c", "prompt");
    }

    @Test
    void sendsDataUrlFilesAsTheyAre() throws Exception {
        String url = "data:image/png;base64,iVBORw0KGgo=";
        Files.writeString(work.resolve("url.txt"), url);
        Media medium = dataUrl("url.txt", url);

        assertThat(text(entity(object("{\"image_url\": \"\"}"), List.of(medium))))
                .isEqualTo("{\"image_url\":\"" + url + "\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 22, 23, 24, 49_152, 49_153, 49_154, 65_537, 100_000, 147_455})
    void refusesADataUrlFileThatDecodesToOtherBytesOfTheSameLength(int at) throws Exception {
        byte[] picture = new byte[120_000];
        new Random(at).nextBytes(picture);
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
        Media medium = dataUrl("url.txt", url);
        QueueRequestEntity entity = entity(object("{\"image_url\": \"\"}"), List.of(medium));
        assertThat(text(entity)).isEqualTo("{\"image_url\":\"" + url + "\"}");

        int changed = Math.max(at, url.indexOf(',') + 1);
        Files.writeString(work.resolve("url.txt"), url.substring(0, changed) + (url.charAt(changed) == 'A' ? 'B' : 'A')
                + url.substring(changed + 1));

        assertThatThrownBy(() -> bytes(entity)).isInstanceOf(MediaChangedException.class)
                .hasMessageContaining("url.txt").hasMessageContaining("bytes have changed");
        assertThat(entity.fullyWritten()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/png,base64;AAAA", "data:image/png;base64,AA=A", "data:image/png;base64,AA==AAAA",
        "data:image/png;base64,A", "data:image/png;base64;AAAA", "data:image/png;base64,A*AA"})
    void refusesADataUrlFileThatIsNoneAnyMore(String url) throws Exception {
        Media recorded = dataUrl("url.txt", "data:image/png;base64,AAAA");
        Files.writeString(work.resolve("url.txt"), url);

        assertThatThrownBy(() -> bytes(entity(object("{\"image_url\": \"\"}"), List.of(new Media(recorded.field(),
                recorded.path(), recorded.mimeType(), url.length(), recorded.sha256(), true)))))
                .isInstanceOf(MediaChangedException.class).hasMessageContaining("url.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:,a\"b", "data:,a\\b", "data:,a\n", "data:,é"})
    void neverLetsADataUrlFileBreakOutOfItsString(String url) throws Exception {
        Files.writeString(work.resolve("url.txt"), url);
        long size = Files.size(work.resolve("url.txt"));
        QueueRequestEntity entity = entity(object("{\"image_url\": \"\"}"),
                List.of(new Media("/image_url", "url.txt", "image/png", size, null, true)));

        assertThatThrownBy(() -> bytes(entity)).isInstanceOf(MediaChangedException.class).hasMessageContaining("url.txt");
        assertThat(entity.fullyWritten()).isFalse();
    }

    @Test
    void keepsEveryCharacterAndNumber() throws Exception {
        ObjectNode fields = object("{\"big\": 12345678901234567890.10, \"image_url\": \"\", \"prompt\": null}");
        fields.put("prompt", "Grüße \"quoted\" \\ \n \u0000 \u2028 日本 🎬 \ud800 end");
        byte[] sent = bytes(entity(fields, List.of(file("/image_url", "i.png", "image/png", 5))));

        assertThat(Json.mapper().readTree(sent).get("prompt")).isEqualTo(fields.get("prompt"));
        assertThat(new String(sent, StandardCharsets.UTF_8)).contains("12345678901234567890.10");
    }

    @Test
    void equalsANaiveBodyForRandomTrees() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<Media> media = new ArrayList<>();
            ObjectNode fields = Json.mapper().createObjectNode();
            fill(fields, "", random, media, 3);
            ObjectNode naive = fields.deepCopy();
            for (Media medium : media) {
                put(naive, medium.field(), "data:" + medium.mimeType() + ";base64,"
                        + Base64.getEncoder().encodeToString(Files.readAllBytes(work.resolve(medium.path()))));
            }

            QueueRequestEntity entity = entity(fields, media);

            assertThat(bytes(entity)).isEqualTo(Json.mapper().writeValueAsBytes(naive)).hasSize((int) entity.getContentLength());
        }
    }

    @Test
    void streamsLargeMediaInSmallPiecesAndRepeatably() throws Exception {
        int size = 26 * 1024 * 1024 + 1;
        QueueRequestEntity entity = entity(object("{\"video_url\": \"\", \"prompt\": \"p\"}"),
                List.of(file("/video_url", "big.mp4", "video/mp4", size)));
        assertThat(entity.getContentLength()).isGreaterThan(34L * 1024 * 1024);

        Sink first = new Sink();
        entity.writeTo(first);
        Sink second = new Sink();
        entity.writeTo(second);

        assertThat(first.largest).isLessThanOrEqualTo(64 * 1024);
        assertThat(first.count).isEqualTo(entity.getContentLength()).isEqualTo(entity.bytesWritten());
        assertThat(second.digest.digest()).isEqualTo(first.digest.digest());
        assertThat(entity.fullyWritten()).isTrue();
    }

    @Test
    void isAnEntityOfKnownLengthThatHoldsNothingOpen() throws Exception {
        QueueRequestEntity entity = entity(object("{}"), List.of());

        assertThat(entity.isChunked()).isFalse();
        assertThat(entity.isRepeatable()).isTrue();
        assertThat(entity.isStreaming()).isFalse();
        assertThat(entity.getContentType()).isEqualTo("application/json");
        assertThat(entity.getContentEncoding()).isNull();
        assertThat(entity.getContentLength()).isEqualTo(2);
    }

    @Test
    void mergesConsentsWithoutTouchingTheRequest() throws Exception {
        ObjectNode fields = object("{\"model\": \"m\", \"consents\": {\"old\": {}}}");
        ObjectNode consents = object("{\"seedance\": {\"confirmed_legal_right\": true}}");

        QueueRequestEntity entity =
                QueueRequestEntity.of(new VideoRequest(fields, List.of()), work, Optional.of(consents));

        assertThat(text(entity)).isEqualTo("{\"model\":\"m\",\"consents\":{\"seedance\":{\"confirmed_legal_right\":true}}}");
        assertThat(fields.at("/consents/old").isObject()).isTrue();
    }

    @Test
    void isNotFullyWrittenUntilTheLastByte() throws Exception {
        QueueRequestEntity entity = entity(object("{\"image_url\": \"\"}"),
                List.of(file("/image_url", "i.png", "image/png", 300_000)));
        assertThat(entity.fullyWritten()).isFalse();

        assertThatThrownBy(() -> entity.writeTo(new BreaksAfter(100_000))).hasMessage("broken pipe");

        assertThat(entity.fullyWritten()).isFalse();
        assertThat(entity.bytesWritten()).isBetween(100_000L, 200_000L);
        bytes(entity);
        assertThat(entity.fullyWritten()).isTrue();
        assertThatThrownBy(() -> entity.writeTo(new BreaksAfter(0))).hasMessage("broken pipe");
        assertThat(entity.fullyWritten()).as("counts anew").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shorter", "longer", "other"})
    void refusesAFileThatChangedWhileSending(String change) throws Exception {
        Media medium = file("/image_url", "i.png", "image/png", 1_000);
        QueueRequestEntity entity = entity(object("{\"image_url\": \"\"}"), List.of(medium));
        byte[] changed = new byte[switch (change) {
            case "shorter" -> 999;
            case "longer" -> 1_001;
            default -> 1_000;
        }];
        Files.write(work.resolve("i.png"), changed);

        assertThatThrownBy(() -> bytes(entity)).isInstanceOf(MediaChangedException.class)
                .hasMessageContaining("i.png").hasMessageContaining("/image_url");
        assertThat(entity.fullyWritten()).isFalse();
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        Media medium = file("/image_url", "i.png", "image/png", 10);
        ObjectNode fits = object("{\"image_url\": \"\"}");
        Files.writeString(work.resolve("../outside-" + work.getFileName()), "x".repeat(10));

        assertThatThrownBy(() -> entity(object("{}"), List.of(medium))).hasMessageContaining("/image_url");
        assertThatThrownBy(() -> entity(object("{\"image_url\": \"https://x\"}"), List.of(medium)))
                .hasMessageContaining("/image_url");
        assertThatThrownBy(() -> entity(fits, List.of(medium, medium))).hasMessageContaining("Two media");
        assertThatThrownBy(() -> entity(fits, List.of(new Media("/image_url", "i.png", "image/png", 9, null, false))))
                .isInstanceOf(MediaChangedException.class).hasMessageContaining("10 bytes");
        assertThatThrownBy(() -> entity(fits, List.of(new Media("/image_url", "gone.png", "image/png", 9, null, false))))
                .isInstanceOf(MediaChangedException.class).hasMessageContaining("missing");
        assertThatThrownBy(() -> entity(fits, List.of(new Media("/image_url", "../outside-" + work.getFileName(),
                "image/png", 10, null, false)))).hasMessageContaining("outside");
        assertThatThrownBy(() -> entity(fits, List.of(new Media("/image_url", "i.png", "image/png\"", 10, null, false))))
                .hasMessageContaining("MIME");
        Files.delete(work.resolve("../outside-" + work.getFileName()));
    }

    private QueueRequestEntity entity(ObjectNode fields, List<Media> media) throws IOException {
        return QueueRequestEntity.of(new VideoRequest(fields, media), work);
    }

    private Media dataUrl(String name, String url) throws Exception {
        Files.writeString(work.resolve(name), url);
        byte[] bytes = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
        return new Media("/image_url", name, "image/png", url.length(),
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)), true);
    }

    private Media file(String field, String name, String mimeType, int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(work.resolve(name), bytes);
        return new Media(field, name, mimeType, size,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)), false);
    }

    private void fill(ObjectNode node, String at, Random random, List<Media> media, int depth) throws Exception {
        for (int i = random.nextInt(5); i >= 0; i--) {
            String name = "f" + i;
            String path = at + "/" + name;
            switch (random.nextInt(depth > 0 ? 6 : 4)) {
                case 0 -> node.put(name, "text \"\u00e9🎬\u0007");
                case 1 -> node.put(name, random.nextLong());
                case 2 -> node.put(name, random.nextBoolean());
                case 3 -> {
                    node.put(name, "");
                    media.add(file(path, "m" + media.size(), "image/png", random.nextInt(200_000)));
                }
                case 4 -> fill(node.putObject(name), path, random, media, depth - 1);
                default -> {
                    ArrayNode list = node.putArray(name);
                    list.add("");
                    list.add(1.5);
                    fill(list.addObject(), path + "/2", random, media, depth - 1);
                    media.add(file(path + "/0", "m" + media.size(), "video/mp4", random.nextInt(100)));
                }
            }
        }
    }

    private static void put(ObjectNode root, String pointer, String value) {
        int cut = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, cut));
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(pointer.substring(cut + 1)), value);
        } else {
            ((ObjectNode) parent).put(pointer.substring(cut + 1), value);
        }
    }

    private static ObjectNode object(String json) throws IOException {
        return (ObjectNode) Json.mapper().readTree(json);
    }

    private static byte[] bytes(QueueRequestEntity entity) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entity.writeTo(out);
        return out.toByteArray();
    }

    private static String text(QueueRequestEntity entity) throws IOException {
        return new String(bytes(entity), StandardCharsets.UTF_8);
    }

    /** Keeps nothing but what the test asks about. */
    private static final class Sink extends OutputStream {
        private final MessageDigest digest;
        private long count;
        private int largest;

        Sink() throws Exception {
            digest = MessageDigest.getInstance("SHA-256");
        }

        @Override
        public void write(int b) {
            throw new AssertionError("byte by byte");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
            count += length;
            largest = Math.max(largest, length);
        }
    }

    private static final class BreaksAfter extends OutputStream {
        private int left;

        BreaksAfter(int left) {
            this.left = left;
        }

        @Override
        public void write(int b) throws IOException {
            if (left-- <= 0) {
                throw new IOException("broken pipe");
            }
        }
    }
}
