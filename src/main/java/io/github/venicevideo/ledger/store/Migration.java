package io.github.venicevideo.ledger.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A script that makes or changes the ledger's tables. A released one never changes.
 *
 * @param name the file's name; begins with its version: {@code V10_1__forgetting.sql} is of version 10.1
 * @param sql its statements
 */
record Migration(String name, String sql) {

    private static final String FOLDER = "venice-video/migrations/";

    /** The script of this name that comes with the program. */
    static Migration packaged(String name) {
        try (InputStream in = Migration.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IOException(FOLDER + name + " is not on the class path");
            }
            return new Migration(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("A script of the ledger cannot be read: " + e.getMessage(), e);
        }
    }

    String version() {
        return name.substring(1, name.indexOf("__")).replace('_', '.');
    }

    /** Over its lines without their ends, as Flyway counts it, which kept this history before: what it wrote still compares. */
    int checksum() {
        CRC32 crc = new CRC32();
        sql.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }
}
