package io.github.venicevideo.sandbox;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small media for tests. */
final class Samples {

    private Samples() {
    }

    static byte[] png(int width, int height) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A valid PNG with a text chunk before its end: for the face marker, or to make its bytes differ. */
    static byte[] png(int width, int height, String text) {
        try {
            byte[] plain = png(width, height);
            byte[] chunk = ("tEXtComment\0" + text).getBytes(StandardCharsets.ISO_8859_1);
            CRC32 crc = new CRC32();
            crc.update(chunk);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            int end = plain.length - 12;
            out.write(plain, 0, end);
            out.writeInt(chunk.length - 4);
            out.write(chunk);
            out.writeInt((int) crc.getValue());
            out.write(plain, end, 12);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] face(String person) {
        return png(400, 400, Sandbox.FACE_MARKER + " " + person);
    }

    /** Silence, 8 kHz, 8 bit, mono. */
    static byte[] wav(double seconds) {
        int samples = (int) (seconds * 8000);
        ByteBuffer wav = ByteBuffer.allocate(44 + samples)
                .order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1).putShort((short) 1)
                .putInt(8000).putInt(8000).putShort((short) 1).putShort((short) 8);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples);
        return wav.array();
    }

    /** As much of an MP4 as tells how long it lasts. */
    static byte[] mp4(int seconds) {
        ByteBuffer mp4 = ByteBuffer.allocate(16 + 8 + 108);
        mp4.putInt(16).put("ftypisom".getBytes(StandardCharsets.US_ASCII)).putInt(0);
        mp4.putInt(8 + 108).put("moov".getBytes(StandardCharsets.US_ASCII));
        mp4.putInt(108).put("mvhd".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(0).putInt(0)
                .putInt(1000).putInt(seconds * 1000);
        return mp4.array();
    }

    static String dataUrl(String mime, byte[] bytes) {
        return "data:" + mime + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    static String image(byte[] png) {
        return dataUrl("image/png", png);
    }

    static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        Arrays.fill(noise, (byte) 0x5a);
        return noise;
    }
}
