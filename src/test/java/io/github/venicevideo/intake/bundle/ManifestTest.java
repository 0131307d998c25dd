package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.intake.media.Samples;
import io.github.venicevideo.intake.problem.Problem;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading JSON and YAML without changing what they say. */
class ManifestTest {

    @TempDir
    Path work;

    private BundleDrop json(String text) {
        return new BundleDrop(work).file("gondola.json", text);
    }

    private BundleDrop yaml(String text) {
        return new BundleDrop(work).file("gondola.yaml", text);
    }

    @Test
    void jsonArrivesAsItIsSpelled() {
        assertThat(json("{\"prompt\":\"a\\u00e9\\ud83d\\ude00\\n b\",\"seed\":12345678901234567890123,\"cfg\":1.50,"
                + "\"deep\":{\"a\":[1,null,true]},\"model\":\"m\",\"duration\":\"5s\"}").fields())
                .hasToString("{\"model\":\"m\",\"prompt\":\"aé😀\\n b\",\"duration\":\"5s\","
                        + "\"seed\":12345678901234567890123,\"cfg\":1.50,\"deep\":{\"a\":[1,null,true]}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "16:9 | \"16:9\"", "5s | \"5s\"", "no | \"no\"", "yes | \"yes\"", "on | \"on\"", "1 gen | \"1 gen\"",
            "\"5\" | \"5\"", "!!str 5 | \"5\"", "5 | 5", "+5 | 5", "0x10 | 16", "0o17 | 15", "1.50 | 1.50", "true | true",
            "False | false", "~ | null", "2026-11-22 | \"2026-11-22\"", "[a, 1] | [\"a\",1]", "{a: b} | {\"a\":\"b\"}",
            "12345678901234567890123 | 12345678901234567890123"})
    void yamlIsOfTheCoreSchema(String scalar, String json) {
        assertThat(yaml("prompt: p\nseed: " + scalar).fields().get("seed")).hasToString(json);
    }

    @Test
    void yamlBlocksAndAliases() {
        JsonNode fields = yaml("prompt: |-\n  first\n  second\nimage_url: &x https://e.org/a.png\nend_image_url: *x\n")
                .fields();

        assertThat(fields.get("prompt").textValue()).isEqualTo("first\nsecond");
        assertThat(fields.get("end_image_url").textValue()).isEqualTo("https://e.org/a.png");
    }

    @Test
    void whatTheParserCouldBeToldIsNotSaid() {
        assertThat(json("// a comment\n{}").problems()).singleElement().extracting(Problem::sentence).asString()
                .contains("Line 1, column 1: ").doesNotContain("Feature", "enable");
        assertThat(json("{\"x\": NaN}").problems()).singleElement().extracting(Problem::sentence).asString()
                .contains("Line 1, column ").doesNotContain("Feature", "enable");
    }

    @Test
    void namesThatDifferInCaseAloneAreBothNamed() {
        assertThat(new BundleDrop(work).folder("request.json", "={\"prompt\":\"p\",\"image_url\":\"PIC.png\"}", "pic.png", "png",
                "Pic.png", "png").problems().get(0).sentence()).contains("Pic.png and pic.png differ from it in case alone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"request.json", "Request.JSON", "anything.json"})
    void theManifestOfAFolder(String name) {
        assertThat(new BundleDrop(work).folder(name, "={\"prompt\":\"p\"}").fields().get("prompt").textValue())
                .isEqualTo("p");
    }

    @Test
    void aByteOrderMarkIsNoContent() {
        byte[] text = Samples.concat(Samples.hex("efbbbf"), Samples.utf8("{\"prompt\":\"p\"}"));

        assertThat(new BundleDrop(work).file("gondola.json", text).fields().get("prompt").textValue()).isEqualTo("p");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"prompt\":\"p\",}                      | syntax | Line 1, column 15",
            "{\"prompt\":\"p\"} x                     | syntax | Line 1",
            "{\"prompt\":\"p\"}{}                     | syntax | more text after its end",
            "{\"prompt\":\"p\"                        | syntax | Line 1",
            "{\"seed\":NaN}                           | syntax | NaN",
            "{\"seed\":Infinity}                      | syntax | Line 1",
            "{\"seed\":01}                            | syntax | Line 1",
            "{'prompt':'p'}                           | syntax | Line 1",
            "[{\"prompt\":\"p\"}]                     | not-an-object | bundle of each",
            "\"prompt\"                               | not-an-object | gondola.json"})
    void jsonThatCannotBeRead(String text, String code, String words) {
        assertThat(json(text).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.sentence()).contains(words);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "prompt: [                       | syntax        | Line 1",
            "prompt: 'p                      | syntax        | Line",
            "just words                      | not-an-object | gondola.yaml",
            "prompt: a: b                    | syntax        | column 10",
            "- prompt: p                     | not-an-object | bundle of each",
            "seed: .nan                      | syntax        | no number",
            "seed: -.inf                     | syntax        | no number",
            "x: !!binary aGVsbG8=            | syntax        | without the tag",
            "x: !!python/object {}           | syntax        | without the tag",
            "x: *nobody                      | syntax        | no anchor",
            "[a, b]: c                       | syntax        | plain word",
            "<<: {prompt: p}                 | syntax        | merging"})
    void yamlThatCannotBeRead(String text, String code, String words) {
        assertThat(yaml(text).problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.sentence()).contains(words);
        });
    }

    @Test
    void severalYamlDocuments() {
        assertThat(yaml("prompt: p\n---\nprompt: q\n").problems().get(0).hint()).contains("more than one");
    }

    @Test
    void keysThatStandTwice() {
        assertThat(json("{\"prompt\":\"p\",\n \"model\":\"a\",\n \"model\":\"b\"}").problems()).singleElement()
                .extracting(Problem::sentence).asString().startsWith("gondola.json, model: stands there twice. Line 3");
        assertThat(yaml("prompt: p\nprompt: q\n").problems()).singleElement()
                .extracting(Problem::sentence).asString().contains("Line 2, column 1");
    }

    @Test
    void nestingIsBounded() {
        assertThat(json("{\"prompt\":\"p\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}").found())
                .containsExactly("too-complex gondola.json");
        assertThat(yaml("x: " + "[".repeat(5_000)).found()).containsExactly("too-complex gondola.yaml");
    }

    @Test
    void aliasesAreBounded() {
        StringBuilder bomb = new StringBuilder("prompt: p\na0: &a0 [" + "lol,".repeat(20) + "]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [")
                    .append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }
        assertThat(yaml(bomb.toString()).found()).containsExactly("too-complex gondola.yaml");
    }

    @Test
    void halfCharactersAreRefused() {
        assertThat(json("{\"prompt\":\"a\\ud83d b\",\"x\":{\"y\":[\"\\ude00\"]}}").found()).containsExactly(
                "broken-character gondola.json prompt", "broken-character gondola.json x.y[0]");
        assertThat(yaml("prompt: \"a\\ud83d b\"").problems()).isNotEmpty();
    }

    static List<byte[]> otherEncodings() {
        String text = "{\"prompt\":\"Brücke\"}";
        return List.of(text.getBytes(StandardCharsets.UTF_16), text.getBytes(StandardCharsets.UTF_16LE),
                text.getBytes(StandardCharsets.UTF_16BE), text.getBytes(StandardCharsets.ISO_8859_1),
                Samples.concat(Samples.utf8("{\"prompt\":\""), Samples.hex("eda0bd"), Samples.utf8("\"}")));
    }

    @ParameterizedTest
    @MethodSource("otherEncodings")
    void onlyUtf8IsRead(byte[] bytes) {
        for (String name : List.of("gondola.json", "gondola.yaml", "gondola.txt")) {
            assertThat(new BundleDrop(work).file(name, bytes).found()).containsExactly("not-utf8 " + name);
        }
    }

    @Test
    void aManifestHasAMostSize() {
        ReadLimits small = new ReadLimits(10, 1_000, 100, 100, 100, 100, 1_000);

        assertThat(json("{\"prompt\":\"" + "p".repeat(100) + "\"}").with(small).found())
                .containsExactly("file-too-large gondola.json");
    }

    @Test
    void longStringsAreRead() {
        String text = "x".repeat(4_000_000);

        assertThat(json("{\"prompt\":\"p\",\"other\":\"" + text + "\"}").fields().get("other").textValue()).isEqualTo(text);
        assertThat(yaml("prompt: p\nother: " + text).fields().get("other").textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'line\n\n' | 'line'", "'\nline\r\n' | '\nline'", "'  two  \n' | '  two  '",
            "'a\r\nb' | 'a\r\nb'"})
    void aPromptLosesOnlyTheLineBreaksAtItsEnd(String text, String prompt) {
        assertThat(new BundleDrop(work).file("gondola.txt", text).fields().get("prompt").textValue()).isEqualTo(prompt);
    }
}
