package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.problem.InvalidBundleException;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.intake.rules.DropDefaults;
import io.github.venicevideo.intake.rules.ModelDefaults;
import io.github.venicevideo.venice.catalogue.Catalogue;
import io.github.venicevideo.venice.request.Media;
import io.github.venicevideo.venice.request.MediaUrlRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** A work folder with something dropped in it, and the words the tests are written in. */
public final class BundleDrop {

    public static final ModelDefaults MODELS = new ModelDefaults("text-model", "image-model", "reference-model",
            "element-model", "", "", "topaz-video-upscale");
    static final DropDefaults DEFAULTS = new DropDefaults(Map.of("duration", "5s"), MODELS);

    private final Path work;
    private DropDefaults defaults = DEFAULTS;
    private ReadLimits limits = ReadLimits.DEFAULT;
    private Optional<Catalogue> catalogue = Optional.empty();
    private List<String> allowedHosts = List.of();
    private Path dropped;

    public BundleDrop(Path work) {
        this.work = work;
    }

    public BundleDrop with(DropDefaults other) {
        defaults = other;
        return this;
    }

    BundleDrop with(ReadLimits other) {
        limits = other;
        return this;
    }

    public BundleDrop with(Catalogue known) {
        catalogue = Optional.of(known);
        return this;
    }

    public BundleDrop allowing(String... hosts) {
        allowedHosts = List.of(hosts);
        return this;
    }

    private BundleReader reader() {
        return new BundleReader(limits, new MediaUrlRule(allowedHosts), () -> catalogue);
    }

    /** Drops a folder {@code gondola}; see {@link Samples#files}. */
    BundleDrop folder(String... namesAndFormats) {
        return folder(Samples.files(namesAndFormats));
    }

    public BundleDrop folder(Map<String, byte[]> files) {
        dropped = work.resolve("dropped/gondola");
        try {
            Files.createDirectories(dropped);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = dropped.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        } catch (InvalidPathException e) {
            throw new TestAbortedException("this platform's charset cannot spell the name", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    BundleDrop zip(String... namesAndFormats) {
        return file("gondola.zip", Samples.zip(Samples.files(namesAndFormats)));
    }

    BundleDrop file(String name, byte[] bytes) {
        dropped = work.resolve("dropped").resolve(name);
        try {
            Files.createDirectories(dropped.getParent());
            Files.write(dropped, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public BundleDrop file(String name, String text) {
        return file(name, Samples.utf8(text));
    }

    Path path() {
        return dropped;
    }

    public Bundle read() {
        try {
            return reader().read(work, dropped, defaults);
        } catch (InvalidBundleException e) {
            throw new AssertionError(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode fields() {
        return read().request().fields();
    }

    public List<Problem> problems() {
        return catchThrowableOfType(InvalidBundleException.class, () -> reader().read(work, dropped, defaults))
                .problems();
    }

    /** Problems as {@code code file field}, which is what most tests are about. */
    public List<String> found() {
        return problems().stream().map(p -> (p.code() + " " + p.file() + " " + p.field()).strip()).toList();
    }

    /** {@code pointer=file name's end}, in order. */
    List<String> media() {
        return read().request().media().stream()
                .map(medium -> medium.field() + "=" + medium.path().replaceFirst(".*/(\\d{4}-)?", ""))
                .toList();
    }

    byte[] bytesOf(Media medium) {
        try {
            return Files.readAllBytes(work.resolve(medium.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode at(Bundle bundle, String pointer) {
        return bundle.request().fields().at(JsonPointer.compile(pointer));
    }
}
