package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Append-only file of JSON lines, each on disk before its append returns. A torn last line is passed over. */
final class Journal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final FileChannel channel;

    private Journal(FileChannel channel) {
        this.channel = channel;
    }

    /** Hands what is in the file to {@code replay}, line by line, and opens it for more. */
    static Journal open(Path file, ObjectMapper mapper, Consumer<JsonNode> replay) throws IOException {
        if (Files.exists(file)) {
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                String line;
                while ((line = lines.readLine()) != null) {
                    replayLine(line, mapper, replay);
                }
            }
        }
        Journal journal = new Journal(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE));
        journal.endTornLine();
        return journal;
    }

    synchronized void append(ObjectNode event) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((event + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    private static void replayLine(String line, ObjectMapper mapper, Consumer<JsonNode> replay) {
        // Read as Latin-1, so that a line torn within a character is passed over like any other torn line.
        byte[] utf8 = line.getBytes(StandardCharsets.ISO_8859_1);
        if (line.isBlank()) {
            return;
        }
        try {
            replay.accept(mapper.readTree(utf8));
        } catch (JsonProcessingException e) {
            LOG.warn("Sandbox journal: passed over a line that a crash cut off");
        } catch (IOException e) {
            LOG.warn("Sandbox journal: passed over a line that cannot be read", e);
        }
    }

    /** Else the next line would be appended to the torn one, and be lost with it. */
    private void endTornLine() throws IOException {
        long size = channel.size();
        channel.position(size);
        ByteBuffer last = ByteBuffer.allocate(1);
        if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }
}
