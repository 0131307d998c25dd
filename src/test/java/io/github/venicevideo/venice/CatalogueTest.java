package io.github.venicevideo.venice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                        Optional.of(List.of("720p")), Optional.of(false), 4000));
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
