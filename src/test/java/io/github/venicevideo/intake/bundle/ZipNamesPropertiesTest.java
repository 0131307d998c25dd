package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.intake.bundle.ZipNames.AmbiguousException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Names of zips, whatever charset they are in and whatever their bytes are. */
class ZipNamesPropertiesTest {

    private static final List<String> LETTERS = List.of("写真動画背景ひらがなカタカナソ表能予", "照片背景视频风景人物开始结束", "그림고양이바다사진배경",
            "圖片背景照片視頻風景", "абвгдежзиклмнопрст", "ФОТОГРАФИЯ", "äöüßéèêç");
    private static final List<String> CHARSETS = List.of("windows-31j", "GBK", "x-windows-949", "Big5", "IBM866", "windows-1251", "IBM850");

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void theNamesOfTheManifestAreFoundInAnyCharset(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        int kind = random.nextInt(CHARSETS.size());
        Charset charset = Charset.forName(CHARSETS.get(kind));
        List<String> names = new ArrayList<>(List.of("prompt.txt"));
        for (int i = 0; i <= random.nextInt(4); i++) {
            StringBuilder name = new StringBuilder();
            for (int letter = 0; letter < 2 + random.nextInt(8); letter++) {
                name.append(LETTERS.get(kind).charAt(random.nextInt(LETTERS.get(kind).length())));
            }
            names.add(name.append(i).append(".png").toString());
        }
        List<byte[]> raw = names.stream().map(name -> name.getBytes(charset)).toList();
        Assume.that(raw.stream().anyMatch(name -> reads(name, StandardCharsets.UTF_8).isEmpty()));

        assertThat(ZipNames.decode(raw, "{\"reference_image_urls\": " + names + "}")).isEqualTo(names);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void oneCharsetIsThatOfAllOrNoneIsTaken(@ForAll long seed) {
        Random random = new Random(seed);
        List<byte[]> raw = Stream.generate(() -> {
            byte[] name = new byte[1 + random.nextInt(12)];
            random.nextBytes(name);
            return name;
        }).limit(1 + random.nextInt(4)).toList();
        try {
            List<String> names = ZipNames.decode(raw, "");
            assertThat(Stream.concat(Stream.of(StandardCharsets.UTF_8), Stream.of(NameCharset.values())
                    .flatMap(charset -> charset.charset().stream()))).as(names.toString()).anyMatch(charset ->
                    raw.stream().flatMap(name -> reads(name, charset).stream()).toList().equals(names));
        } catch (AmbiguousException e) {
            assertThat(e.readings()).hasSizeLessThanOrEqualTo(3);
        }
    }

    private static List<String> reads(byte[] name, Charset charset) {
        try {
            return List.of(charset.newDecoder().decode(ByteBuffer.wrap(name)).toString());
        } catch (CharacterCodingException e) {
            return List.of();
        }
    }
}
