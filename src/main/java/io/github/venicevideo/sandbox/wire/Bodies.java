package io.github.venicevideo.sandbox.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.venicevideo.sandbox.call.ApiError;
import io.github.venicevideo.sandbox.call.Media;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads spooled JSON bodies: a small tree, and its media as files. */
public final class Bodies {

    private static final int SHOWN_OF_BROKEN = 80;

    private final Spool spool;
    private final ObjectMapper mapper;

    /**
     * What a body held. Closing deletes the media files that nobody has moved away.
     *
     * @param syntaxError what {@link #json} is missing for; null when it is not
     */
    record Body(JsonNode json, List<Media> media, ApiError syntaxError) implements AutoCloseable {

        static final Body NONE = new Body(MissingNode.getInstance(), List.of(), null);

        @Override
        public void close() throws IOException {
            for (Media medium : media) {
                if (medium.file() != null) {
                    Files.deleteIfExists(medium.file());
                }
            }
        }
    }

    public Bodies(Spool spool, ObjectMapper mapper) {
        this.spool = spool;
        this.mapper = mapper;
    }

    Body read(Spool.Spooled spooled) throws IOException {
        List<Path> blobs = new ArrayList<>();
        try (InputStream in = Files.newInputStream(spooled.file())) {
            JsonSlimmer.Slim slim = JsonSlimmer.slim(in, () -> {
                Path blob = spool.newFile();
                blobs.add(blob);
                return blob;
            });
            JsonNode json = mapper.readTree(slim.json());
            List<Media> media = new ArrayList<>();
            DataUrls dataUrls = new DataUrls(spool::newFile, slim.blobs());
            MediaFields.visit(json, (pointer, field, family, value) -> {
                Media medium = dataUrls.read(pointer, field, family, value);
                media.add(medium);
                return medium.isUrl() ? value : medium.problem() == null ? medium.placeholder() : shorten(value);
            });
            return new Body(json, media, null);
        } catch (JsonProcessingException e) {
            return new Body(MissingNode.getInstance(), List.of(),
                    ApiError.plain(400, "Malformed JSON in request body"));
        } catch (ApiError e) {
            return new Body(MissingNode.getInstance(), List.of(), e);
        } finally {
            for (Path blob : blobs) {
                Files.deleteIfExists(blob);
            }
        }
    }

    private static String shorten(String value) {
        return value.length() <= SHOWN_OF_BROKEN ? value : value.substring(0, SHOWN_OF_BROKEN) + "…";
    }
}
