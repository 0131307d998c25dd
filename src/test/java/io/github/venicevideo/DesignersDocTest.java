package io.github.venicevideo;

import static io.github.venicevideo.DocPages.DESIGNERS;
import static io.github.venicevideo.DocPages.blocks;
import static io.github.venicevideo.DocPages.codes;
import static io.github.venicevideo.DocPages.section;
import static io.github.venicevideo.DocPages.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.bundle.Bundle;
import io.github.venicevideo.intake.bundle.BundleReader;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.problem.ProblemCode;
import io.github.venicevideo.intake.rules.DropDefaults;
import io.github.venicevideo.intake.rules.ModelDefaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What docs/designers.md says of bundles is what the reader makes of them. */
class DesignersDocTest {

    private static final Path SLOTS = Path.of("src/main/java/io/github/venicevideo/intake/bundle/Slot.java");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> theReaderTakesEachFileNameForTheFieldBesideIt() throws IOException {
        return table(DESIGNERS, "file in the folder").stream().map(row -> DynamicTest.dynamicTest(row.get(0), () -> {
            String field = codes(row.get(1)).get(0);
            Map<String, byte[]> files = new LinkedHashMap<>();
            for (String name : alternatives(field, codes(row.get(0)))) {
                files.put(name.replace(".*", "." + extension(name)), content(name));
            }
            alongWith(field).forEach(files::putIfAbsent);

            JsonNode value = read(field, files).request().fields().path(field);

            assertThat(value.isMissingNode()).isFalse();
            long named = codes(row.get(0)).size();
            if (field.endsWith("_urls")) {
                assertThat(value).hasSize((int) named);
            } else if (field.equals("elements")) {
                assertThat(value.get(0).properties()).hasSize((int) named);
            }
        }));
    }

    @Test
    void everyFileNameThatTheReaderKnowsIsWrittenDown() throws IOException {
        String table = table(DESIGNERS, "file in the folder").toString();

        Stream<String> examples = Pattern.compile("\"([a-z0-9_]+\\.(?:txt|\\*))\"")
                .matcher(Files.readString(SLOTS)).results().map(match -> match.group(1));

        assertThat(examples).isNotEmpty().allSatisfy(example -> assertThat(table).contains("`" + example + "`"));
    }

    @Test
    void theExamplesOfABundleCanBeRead() throws Exception {
        for (String yaml : blocks(DESIGNERS, "yaml")) {
            assertThat(readFile("request.yaml", yaml).request().fields().path("prompt").asText()).isNotEmpty();
        }
        for (String consents : blocks(DESIGNERS, "json")) {
            assertThat(readFile("request.json", "{\"prompt\": \"A gondola\", \"consents\": " + consents + "}")
                    .request().fields().has("consents")).isTrue();
        }
    }

    @Test
    void whatIsSaidToBeIgnoredIs() throws IOException {
        assertThat(codes(section(DESIGNERS, "Ignored names")))
                .contains("job.json")
                .allSatisfy(name -> assertThat(IgnoredNames.isIgnored(Path.of(name))).isTrue());
    }

    @Test
    void everyProblemHasARowInTheWordsOfTheProgram() throws IOException {
        List<List<String>> rows = table(DESIGNERS, "code");

        assertThat(rows.stream().map(row -> row.subList(0, 2))).containsExactlyElementsOf(Stream.of(ProblemCode.values())
                .map(code -> List.of("`" + code.code() + "`", code.says())).toList());
        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).matches("[A-Z].{5,}\\."));
    }

    private Bundle read(String name, Map<String, byte[]> files) throws Exception {
        Path work = folder.resolve("work-" + name);
        Path dropped = Files.createDirectories(work.resolve("dropped").resolve("bundle"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(dropped.resolve(file.getKey()), file.getValue());
        }
        return new BundleReader().read(work, dropped, defaults());
    }

    private Bundle readFile(String name, String text) throws Exception {
        Path work = Files.createTempDirectory(folder, "work");
        Path file = Files.createDirectories(work.resolve("dropped")).resolve(name);
        Files.writeString(file, text);
        return new BundleReader().read(work, file, defaults());
    }

    /** The packaged ones, with a model for each kind of bundle. */
    private static DropDefaults defaults() {
        return new DropDefaults(Map.of("duration", "5s"), new ModelDefaults("seedance-2-0-text-to-video",
                "seedance-2-0-image-to-video", "seedance-2-0-reference-to-video", "some-model", "some-model", "some-model",
                "topaz-video-upscale"));
    }

    /** Two names of one place are two ways to say it: one is enough, and both are an error. */
    private static List<String> alternatives(String field, List<String> names) {
        return field.endsWith("prompt") ? names.subList(0, 1) : names;
    }

    private static Map<String, byte[]> alongWith(String field) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (!field.equals("prompt")) {
            files.put("prompt.txt", content("prompt.txt"));
        }
        if (field.equals("reference_audio_urls") || field.equals("reference_document_urls")) {
            files.put("reference_image_1.png", content("reference_image_1.*"));
        }
        if (field.equals("end_image_url") || field.equals("audio_url")) {
            files.put("image.png", content("image.*"));
        }
        return files;
    }

    private static String extension(String name) {
        return name.contains("audio") ? "wav" : name.contains("video") ? "mp4" : name.contains("document") ? "pdf" : "png";
    }

    private static byte[] content(String name) {
        if (!name.endsWith(".*")) {
            return ("A gondola at dawn, " + name).getBytes(StandardCharsets.UTF_8);
        }
        return switch (extension(name)) {
            case "wav" -> SampleMedia.wav(3);
            case "mp4" -> SampleMedia.mp4(3);
            case "pdf" -> "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n".getBytes(StandardCharsets.US_ASCII);
            default -> SampleMedia.png(name);
        };
    }
}
