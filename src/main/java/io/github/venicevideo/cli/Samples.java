package io.github.venicevideo.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundles that the sandbox drops itself, so that there is something to see. */
final class Samples {

    private static final Logger LOG = LoggerFactory.getLogger(Samples.class);
    private static final String PACKAGED = "venice-video/samples/";

    static final List<String> FILES = List.of(
            "1-text/prompt.txt",
            "2-image/prompt.txt",
            "2-image/image.jpg",
            "3-references/prompt.txt",
            "3-references/reference_image_1.png",
            "3-references/reference_image_2.png");

    /** Drops them when nothing is there yet. */
    void dropInto(Path drop) throws IOException {
        try (Stream<Path> entries = Files.list(drop)) {
            if (entries.findAny().isPresent()) {
                return;
            }
        }
        for (String file : FILES) {
            Path target = drop.resolve(file);
            Files.createDirectories(target.getParent());
            try (InputStream in = Samples.class.getClassLoader().getResourceAsStream(PACKAGED + file)) {
                if (in == null) {
                    throw new FileNotFoundException(PACKAGED + file);
                }
                Files.copy(in, target);
            }
        }
        for (String bundle : FILES.stream().map(file -> file.substring(0, file.indexOf('/'))).distinct().toList()) {
            Files.createFile(drop.resolve(bundle).resolve(".ready"));
        }
        LOG.info("Dropped the sample bundles");
    }
}
