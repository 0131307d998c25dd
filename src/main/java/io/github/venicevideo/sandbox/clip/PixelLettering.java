package io.github.venicevideo.sandbox.clip;

import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Capital letters of 5 by 7 pixels, for a Java without fonts; what it has no letter for becomes a question mark. */
final class PixelLettering implements TextMask {

    private static final int ACROSS = 6;
    private static final int DOWN = 10;

    /** Space to Z in ASCII order; per letter five columns, the lowest bit on top. */
    private static final byte[] LETTERS = HexFormat.of().parseHex(""
            + "0000000000" + "00005f0000" + "0007000700" + "147f147f14" + "242a7f2a12" + "2313086462" + "3649562050"
            + "0008070300" + "001c224100" + "0041221c00" + "2a1c7f1c2a" + "08083e0808" + "0080703000" + "0808080808"
            + "0000606000" + "2010080402" + "3e5149453e" + "00427f4000" + "7249494946" + "2141494d33" + "1814127f10"
            + "2745454539" + "3c4a494931" + "4121110907" + "3649494936" + "464949291e" + "0000140000" + "0040340000"
            + "0008142241" + "1414141414" + "0041221408" + "0201590906" + "3e415d594e" + "7c1211127c" + "7f49494936"
            + "3e41414122" + "7f4141413e" + "7f49494941" + "7f09090901" + "3e41415173" + "7f0808087f" + "00417f4100"
            + "2040413f01" + "7f08142241" + "7f40404040" + "7f021c027f" + "7f0408107f" + "3e4141413e" + "7f09090906"
            + "3e4151215e" + "7f09192946" + "2649494932" + "03017f0103" + "3f4040403f" + "1f2040201f" + "3f4038403f"
            + "6314081463" + "0304780403" + "6159494d43");

    @Override
    public byte[] draw(int width, int height, String title, String text) {
        byte[] mask = new byte[width * height];
        int margin = Math.max(4, width / 20);
        line(mask, width, margin, margin, 1, title);
        int room = width - 2 * margin;
        int top = margin + 2 * DOWN;
        for (int scale = Math.max(1, height / 60); ; scale--) {
            int across = ACROSS * scale;
            List<String> lines = WordWrap.wrap(text, line -> line.length() * across <= room);
            if (scale == 1 || top + lines.size() * DOWN * scale <= height - margin) {
                for (int i = 0; i < lines.size(); i++) {
                    line(mask, width, margin, top + i * DOWN * scale, scale, lines.get(i));
                }
                return mask;
            }
        }
    }

    private static void line(byte[] mask, int width, int x, int y, int scale, String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "")
                .toUpperCase(Locale.ROOT);
        for (int i = 0; i < plain.length(); i++) {
            int letter = plain.charAt(i) - ' ';
            int at = letter >= 0 && letter * 5 < LETTERS.length ? letter : '?' - ' ';
            for (int column = 0; column < 5; column++) {
                for (int row = 0; row < 8; row++) {
                    if ((LETTERS[at * 5 + column] >> row & 1) != 0) {
                        dot(mask, width, x + (i * ACROSS + column) * scale, y + row * scale, scale);
                    }
                }
            }
        }
    }

    private static void dot(byte[] mask, int width, int left, int top, int scale) {
        for (int y = top; y < top + scale; y++) {
            for (int x = left; x < left + scale; x++) {
                if (x < width && y * width + x < mask.length) {
                    mask[y * width + x] = (byte) 255;
                }
            }
        }
    }
}
