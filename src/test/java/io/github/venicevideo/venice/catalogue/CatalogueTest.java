package io.github.venicevideo.venice.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.venice.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of {@code GET /models}, and what is passed over. */
class CatalogueTest {

    private static Optional<Catalogue> catalogue(String body) throws JsonProcessingException {
        return Catalogue.of(Json.mapper().readTree(body));
    }

    private static VideoModel model(String constraints) throws JsonProcessingException {
        return catalogue("{\"data\":[{\"id\":\"m\",\"type\":\"video\",\"model_spec\":{\"constraints\":" + constraints
                + "}}]}").orElseThrow().find("m").orElseThrow();
    }

    @Test
    void whatAModelTakes() throws Exception {
        assertThat(model("""
                {"model_type": "image-to-video", "audio": true, "audio_configurable": false,
                 "prompt_character_limit": 4000, "aspect_ratios": [], "resolutions": ["720p"], "durations": ["5s", "auto"]}"""))
                .isEqualTo(new VideoModel("m", "image-to-video", Optional.of(List.of("5s", "auto")), Optional.of(List.of()),
                        Optional.of(List.of("720p")), Optional.of(false), Optional.empty(), Optional.empty(), Optional.empty(),
                        4000, "", false, "", Optional.empty()));
    }

    @Test
    void whatTodaysEntriesSayBesides() throws Exception {
        Catalogue today = todays();

        VideoModel sora = today.find("sora-2-text-to-video").orElseThrow();
        assertThat(sora.retirement()).contains(new Retirement(Optional.of(Instant.parse("2026-09-24T00:00:00Z")), Optional.empty()));
        assertThat(sora.privacy()).isEqualTo("anonymized");
        assertThat(today.find("seedance-2-0-reference-to-video-basic").orElseThrow()).satisfies(model -> {
            assertThat(model.pictures()).contains(new PictureLimits(300, 0.4, 2.5));
            assertThat(model.audioInput()).contains(true);
            assertThat(model.videoInput()).contains(false);
            assertThat(model.retirement()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"2026-09-16T23:59:59Z, true, false", "2026-09-17T00:00:00Z, false, false", "2026-09-23T23:59:59Z, false, false",
            "2026-09-24T00:00:00Z, false, true"})
    void whatIsRemovedSoonIsNoDefaultAndThenNoModel(Instant now, boolean lasting, boolean removed) throws Exception {
        Catalogue catalogue = todays().at(now);

        assertThat(catalogue.isLasting("sora-2-text-to-video")).isEqualTo(lasting);
        assertThat(catalogue.find("sora-2-text-to-video").orElseThrow().isRemovedBy(now)).isEqualTo(removed);
        assertThat(catalogue.isLasting("wan-2-7-text-to-video")).isTrue();
        assertThat(catalogue.isLasting("not-listed")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"offline\":true} | true | ''", "{\"regionRestrictions\":[\"EU\",\"UK\"]} | false | [\"EU\",\"UK\"]",
            "{\"regionRestrictions\":[]} | false | ''", "{\"offline\":\"yes\",\"regionRestrictions\":null,\"deprecation\":7} | false | ''"})
    void outOfServiceAndRegions(String spec, boolean offline, String regions) throws Exception {
        VideoModel model = catalogue("{\"data\":[{\"id\":\"m\",\"model_spec\":" + spec + "}]}").orElseThrow().models().get(0);

        assertThat(model.offline()).isEqualTo(offline);
        assertThat(model.regions()).isEqualTo(regions);
        assertThat(model.retirement()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"removesAt\":\"soon\",\"replacementModelId\":\"n\"} | '' | n",
            "{\"date\":\"2026-09-24T00:00:00+02:00\"} | 2026-09-23T22:00:00Z | ''"})
    void retirementsAsFarAsTheyCanBeRead(String deprecation, String removed, String replacement) throws Exception {
        Retirement retirement = catalogue("{\"data\":[{\"id\":\"m\",\"model_spec\":{\"deprecation\":" + deprecation + "}}]}")
                .orElseThrow().models().get(0).retirement().orElseThrow();

        assertThat(retirement.removesAt().map(Instant::toString).orElse("")).isEqualTo(removed);
        assertThat(retirement.replacement().orElse("")).isEqualTo(replacement);
    }

    private static Catalogue todays() throws IOException {
        try (InputStream in = CatalogueTest.class.getResourceAsStream("/venice-api/catalogue-2026-08.json")) {
            return Catalogue.of(Json.mapper().readTree(in)).orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]", "7", "{\"durations\":null,\"model_type\":7,\"audio_configurable\":\"yes\"}",
            "{\"durations\":[5],\"aspect_ratios\":\"16:9\",\"resolutions\":[\"\"],\"prompt_character_limit\":\"many\"}",
            "{\"prompt_character_limit\":0}", "{\"prompt_character_limit\":-1}"})
    void whatIsMissingOrOddIsNotSaid(String constraints) throws Exception {
        VideoModel model = model(constraints);

        assertThat(model.durations()).isEmpty();
        assertThat(model.aspectRatios()).isEmpty();
        assertThat(model.resolutions()).isEmpty();
        assertThat(model.audioConfigurable()).isEmpty();
        assertThat(model.promptLimit()).isEqualTo(2500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "{\"data\":[]}", "{\"data\":{}}", "{\"data\":[1,\"m\",{},{\"id\":7}]}",
            "{\"data\":[{\"id\":\"painter\",\"type\":\"image\"}]}"})
    void withoutAModelThereIsNoCatalogue(String body) throws Exception {
        assertThat(catalogue(body)).isEmpty();
    }

    @Test
    void oddEntriesArePassedOver() throws Exception {
        assertThat(catalogue("{\"data\":[null,{\"id\":\"\"},{\"id\":\"a\",\"new\":1},{\"id\":\"a\"},{\"id\":\"b\"}]}")
                .orElseThrow().ids()).containsExactly("a", "b");
    }

    @Test
    void theNearestNames() throws Exception {
        Catalogue catalogue = catalogue("{\"data\":[{\"id\":\"wan-2-7-text-to-video\"},"
                + "{\"id\":\"seedance-2-0-text-to-video\"},{\"id\":\"seedance-2-0-image-to-video\"}]}").orElseThrow();

        assertThat(catalogue.nearest("Seedance 2.0 text_to_video", 2))
                .containsExactly("seedance-2-0-text-to-video", "seedance-2-0-image-to-video");
        assertThat(catalogue.find("SEEDANCE-2-0-text-to-video")).isEmpty();
    }
}
