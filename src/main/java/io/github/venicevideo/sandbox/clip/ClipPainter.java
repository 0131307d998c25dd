package io.github.venicevideo.sandbox.clip;

import java.awt.image.BufferedImage;

/** Paints into rows of RGB bytes, each less 128, as the encoder takes them. */
final class ClipPainter {

    private static final int BAR = 12;

    private ClipPainter() {
    }

    /** @param mask how white each pixel is, 0..255 as unsigned bytes */
    static byte[] ground(int width, int height, int hue, byte[] mask) {
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            int[] colour = colour(hue + 40.0 * y / height, 0.55 - 0.30 * y / height);
            for (int x = 0; x < width; x++) {
                int white = mask[y * width + x] & 0xff;
                for (int c = 0; c < 3; c++) {
                    int value = colour[c] + (255 - colour[c]) * white / 255;
                    rgb[(y * width + x) * 3 + c] = (byte) (value - 128);
                }
            }
        }
        return rgb;
    }

    /** @param picture of the clip's size */
    static byte[] picture(BufferedImage picture, byte[] mask) {
        int width = picture.getWidth();
        byte[] rgb = new byte[width * picture.getHeight() * 3];
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                int pixel = picture.getRGB(x, y);
                int white = mask[y * width + x] & 0xff;
                for (int c = 0; c < 3; c++) {
                    int colour = pixel >> 16 - 8 * c & 0xff;
                    rgb[(y * width + x) * 3 + c] = (byte) (colour + (255 - colour) * white / 255 - 128);
                }
            }
        }
        return rgb;
    }

    /** @param done 0..1 */
    static void progress(byte[] rgb, int width, int height, double done) {
        int bar = Math.min(BAR, height / 8);
        int until = (int) Math.round(width * done);
        for (int y = height - bar; y < height; y++) {
            for (int x = 0; x < until; x++) {
                int at = (y * width + x) * 3;
                rgb[at] = (byte) (255 - 128);
                rgb[at + 1] = (byte) (200 - 128);
                rgb[at + 2] = (byte) (60 - 128);
            }
        }
    }

    /** From hue in degrees and value 0..1, at a saturation of 0.7. */
    private static int[] colour(double hue, double value) {
        double h = hue % 360 / 60;
        double x = 1 - Math.abs(h % 2 - 1);
        double[][] corners = {{1, x, 0}, {x, 1, 0}, {0, 1, x}, {0, x, 1}, {x, 0, 1}, {1, 0, x}};
        double[] pure = corners[(int) h];
        int[] colour = new int[3];
        for (int c = 0; c < 3; c++) {
            colour[c] = (int) Math.round(255 * value * (0.3 + 0.7 * pure[c]));
        }
        return colour;
    }
}
