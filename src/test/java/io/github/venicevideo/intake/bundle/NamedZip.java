package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.media.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zips whose names are in any charset, as older programs make them. */
final class NamedZip {

    private NamedZip() {
    }

    /** Texts hold a prompt, {@code .json} a request that names the last file, everything else a picture. */
    static byte[] of(String charset, String... names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, Charset.forName(charset))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.endsWith(".txt") ? Samples.utf8("p") : name.endsWith(".json") ? Samples.utf8(
                        "{\"prompt\":\"p\",\"image_url\":\"" + names[names.length - 1] + "\"}") : Samples.PNG);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = out.toByteArray();
        // The JDK says of other charsets than UTF-8 that they are none, which is as older programs do.
        return bytes;
    }

    /** The same with the name again in UTF-8, in an extra field, as Info-ZIP and WinRAR write it. */
    static byte[] withUnicodeNames(String charset, String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, Charset.forName(charset))) {
            zip.putNextEntry(new ZipEntry("prompt.txt"));
            zip.write('p');
            zip.closeEntry();
            ZipEntry entry = new ZipEntry(name);
            CRC32 crc = new CRC32();
            crc.update(name.getBytes(Charset.forName(charset)));
            byte[] unicode = Samples.utf8(name);
            entry.setExtra(Samples.concat(Samples.hex("7570"), size(unicode.length + 5), Samples.hex("01"),
                    Samples.bigEndian(Integer.reverseBytes((int) crc.getValue())), unicode));
            zip.putNextEntry(entry);
            zip.write(Samples.PNG);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] size(int size) {
        return new byte[] {(byte) size, (byte) (size >>> 8)};
    }
}
