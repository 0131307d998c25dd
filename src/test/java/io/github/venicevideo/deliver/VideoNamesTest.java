package io.github.venicevideo.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.job.JobOptions;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.VideoRequest;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are safe on every file system, and tell takes apart. */
class VideoNamesTest {

    private static final Instant CREATED = Instant.parse("2026-11-22T23:30:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "gondola                 | gondola",
            "Übersee 2026 – früh     | Übersee 2026 – früh",
            "../../etc/passwd        | etc-passwd",
            "a/b\\c                  | a-b-c",
            "what? <is> \"this\":*   | what-is-this",
            "${env:HOME}             | env-HOME",
            "100% #1                 | 100-1",
            "...                     | video",
            ".hidden                 | hidden",
            "ends with a dot.        | ends with a dot",
            "CON                     | _CON",
            "nul.txt                 | _nul.txt",
            "Com7                    | _Com7",
            "COM¹                    | _COM¹",
            "~root                   | root",
            "console                 | console"})
    void aNameIsTakenForNothingElse(String wanted, String safe) {
        assertThat(VideoNames.safe(wanted)).isEqualTo(safe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tab\there", "line\nbreak", "null\0byte", "right\u202Eto left", "zero\u200Bwidth"})
    void nothingInvisibleIsLeftInAName(String wanted) {
        assertThat(VideoNames.safe(wanted)).matches("[a-z -]+").contains("-");
    }

    @Test
    void aLongNameIsCutBetweenCharacters() {
        String name = VideoNames.safe("🛶".repeat(200));

        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(150).isGreaterThan(140);
        assertThat(name.replace("🛶", "")).isEmpty();
    }

    @Test
    void oneNameIsOneNameHoweverItIsComposed() {
        assertThat(VideoNames.safe(Normalizer.normalize("früh", Normalizer.Form.NFD))).isEqualTo("früh");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{name}                 | gondola",
            "{date}-{bundle}        | 2026-11-22-gondola",
            "{model}_{job}          | seedance-2-0-text-to-video_20261122-233000-abcdefgh",
            "{prompt}               | A gondola with a rather long way to go t",
            "{slug}                 | a-gondola-with-a-rather-long-way-to-go-t",
            "{drop}/{year}/{month}/{day}/{name} | drop/2026/11/22/gondola",
            "/{name}                | gondola",
            "../{name}              | video/gondola"})
    void aTemplateIsFilledIn(String template, String name) {
        assertThat(new VideoNames(template, ZoneId.of("UTC")).of(job(Optional.empty(), 1, 1)))
                .isEqualTo(name);
    }

    @Test
    void aNameThatIsTakenGetsTheJobsIdInItsLastPart() {
        assertThat(VideoNames.unique("2026/gondola", "20261122-233000-abcdefgh"))
                .isEqualTo("2026/gondola-20261122-233000-abcdefgh");
    }

    @Test
    void theDateIsThatOfTheConfiguredZone() {
        assertThat(new VideoNames("{date}", ZoneId.of("Europe/Rome")).of(job(Optional.empty(), 1, 1)))
                .isEqualTo("2026-11-23");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{name}          |                | gondola-take3",
            "{name}          | Doge           | Doge-take3",
            "{name}          | Doge, {take}   | Doge, 3",
            "{name}-{take}   | Doge           | Doge-3",
            "{take} of {takes} |              | 3 of 4",
            "{job}           |                | 20261122-233000-abcdefgh"})
    void takesNeverShareAName(String template, String wanted, String name) {
        assertThat(new VideoNames(template, ZoneId.of("UTC")).of(job(Optional.ofNullable(wanted), 3, 4))).isEqualTo(name);
    }

    @Test
    void whatAPersonWroteIsNoTemplate() {
        assertThat(new VideoNames("{name}", ZoneId.of("UTC")).of(job(Optional.of("{job} $1 \\1"), 1, 1)))
                .isEqualTo("job-1-1");
    }

    private static Job job(Optional<String> name, int take, int takes) {
        ObjectNode fields = Json.mapper().createObjectNode().put("model", "seedance-2-0-text-to-video")
                .put("prompt", "A gondola with a rather long way to go through the lagoon");
        return new Job("20261122-233000-abcdefgh", "gondola", "drop", Optional.empty(), JobState.RETRIEVED, Optional.empty(),
                Optional.empty(), Optional.empty(), "https://api", new VideoRequest(fields, List.of()),
                new JobOptions(List.of(), name, Optional.empty(), Optional.empty(), Optional.empty(), false, take, takes), "hash", 1, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty(),
                0, 0, Optional.empty(), Optional.empty(), CREATED, Optional.empty(), false,
                Optional.empty(), CREATED, CREATED, Optional.empty());
    }
}
