package io.github.venicevideo.venice.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.venice.answer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the catalogue is asked for, and which one is used. */
@Timeout(180)
class CatalogueCacheTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    @TempDir
    private Path home;

    private CatalogueCache cache(Instant now) {
        return cache(now, "https://api.example/v1");
    }

    private CatalogueCache cache(Instant now, String api) {
        return new CatalogueCache(home.resolve(".catalogue.json"), api, Clock.fixed(now, ZoneOffset.UTC), DAY);
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, Map.of(), "application/json", body, true, START.toEpochMilli());
    }

    private static Answer good(String id) {
        return answer(200, "{\"data\":[{\"id\":\"" + id + "\"}]}");
    }

    private static List<String> ids(CatalogueCache cache) {
        return cache.get().map(Catalogue::ids).orElse(List.of());
    }

    @Test
    void outlivesTheProgramAndIsYoungForADay() {
        CatalogueCache first = cache(START);
        assertThat(first.isDue()).isTrue();
        first.keep(good("a"));
        assertThat(first.isDue()).isFalse();
        assertThat(ids(first)).containsExactly("a");

        CatalogueCache next = cache(START.plus(DAY).minusSeconds(1));
        assertThat(next.isDue()).isFalse();
        assertThat(ids(next)).containsExactly("a");
        assertThat(cache(START.plus(DAY)).isDue()).isTrue();
    }

    @Test
    void anAnswerThatCannotBeReadReplacesNothing() {
        CatalogueCache cache = cache(START);
        cache.keep(good("a"));

        for (Answer bad : List.of(answer(500, "{}"), answer(200, "<html>"), answer(200, "{\"data\":[]}"),
                answer(401, "{\"data\":[{\"id\":\"b\"}]}"), answer(200, "{\"data\":[{\"id\":\"b\"}"))) {
            cache.keep(bad);
            assertThat(ids(cache)).containsExactly("a");
        }
        assertThat(ids(cache(START.plus(DAY)))).containsExactly("a");
    }

    @Test
    void oneQuestionAtATimeAndAPauseAfterAFailedOne() {
        CatalogueCache cache = cache(START);

        assertThat(cache.isDue()).isTrue();
        assertThat(cache.isDue()).isFalse();
        cache.keep(answer(503, ""));
        assertThat(cache.isDue()).isFalse();
        assertThat(cache.get()).isEqualTo(Optional.empty());
    }

    @Test
    void theFirstBundleWaitsForTheFirstAnswer() throws Exception {
        CatalogueCache cache = cache(START);
        assertThat(cache.isDue()).isTrue();
        CompletableFuture<List<String>> reader = CompletableFuture.supplyAsync(() -> ids(cache));

        cache.keep(good("a"));

        assertThat(reader.get(10, TimeUnit.SECONDS)).containsExactly("a");
    }

    @Test
    void thatOfAnotherApiIsNotUsed() {
        cache(START, "https://other.example").keep(good("a"));

        assertThat(ids(cache(START))).isEmpty();
        assertThat(cache(START).isDue()).isTrue();
    }

    @Test
    void aFileThatCannotBeReadIsAskedForAgain() throws Exception {
        for (String text : List.of("", "{", "[]", "{\"api\":\"https://api.example/v1\",\"heard\":\"x\",\"answer\":7}")) {
            Files.write(home.resolve(".catalogue.json"), text.getBytes(StandardCharsets.UTF_8));
            assertThat(ids(cache(START))).isEmpty();
            assertThat(cache(START).isDue()).isTrue();
        }
    }

    @Test
    void oneOfTheFutureIsUsedButAskedForAgain() {
        cache(START.plus(Duration.ofDays(400))).keep(good("a"));

        assertThat(ids(cache(START))).containsExactly("a");
        assertThat(cache(START).isDue()).isTrue();
    }
}
