package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/** The files packaged for the sandbox. */
final class Resources {

    private static final String FOLDER = "/venice-video/sandbox/";

    private Resources() {
    }

    static InputStream open(String name) throws IOException {
        InputStream in = Resources.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IOException("Missing in the jar: " + FOLDER + name);
        }
        return in;
    }

    static JsonNode json(String name, ObjectMapper mapper) throws IOException {
        try (InputStream in = open(name)) {
            return mapper.readTree(in);
        }
    }
}
