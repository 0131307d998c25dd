package io.github.venicevideo.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever arrives as a video is judged, whole or not; nothing is thrown. */
class Mp4CheckPropertiesTest {

    private static final List<String> TYPES = List.of("ftyp", "moov", "mvhd", "trak", "tkhd", "mdia", "mdhd", "hdlr", "minf",
            "stbl", "stco", "co64", "stsz", "stsc", "mdat", "free", "moof", "uuid", "\0\0\0\0");
    private static final int[] LIES = {-8, -1, 1, 8, -100_000, Integer.MIN_VALUE, 2_000_000};

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void anyBytes(@ForAll byte[] bytes) throws IOException {
        judge(bytes);
    }

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void anyBoxes(@ForAll long seed) throws IOException {
        judge(boxes(new Random(seed), 5));
    }

    private static void judge(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("mp4", ".part");
        try {
            Files.write(file, bytes);
            Mp4Facts facts = Mp4Check.of(file);
            assertThat(facts.whole()).isEqualTo(facts.problem().isEmpty());
            assertThat(facts.durationMs()).isNotNegative();
            assertThat(file).hasBinaryContent(bytes);
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] boxes(Random random, int depth) {
        ByteArrayOutputStream boxes = new ByteArrayOutputStream();
        for (int i = random.nextInt(5); i > 0; i--) {
            byte[] inner = new byte[random.nextInt(120)];
            random.nextBytes(inner);
            byte[] content = depth > 0 && random.nextBoolean() ? boxes(random, depth - 1) : inner;
            int size = 8 + content.length + (random.nextInt(8) == 0 ? LIES[random.nextInt(LIES.length)] : 0);
            String type = TYPES.get(random.nextInt(TYPES.size()));
            boxes.writeBytes(ByteBuffer.allocate(8 + content.length).putInt(random.nextInt(20) == 0 ? 1 : size)
                    .put(type.getBytes(StandardCharsets.ISO_8859_1)).put(content).array());
        }
        return boxes.toByteArray();
    }
}
