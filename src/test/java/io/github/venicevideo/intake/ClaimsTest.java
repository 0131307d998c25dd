package io.github.venicevideo.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.DiskRoom;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.Looks;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {

    private static final long FREE = 1_000_000_000;

    /** While many are taken in, a look finds those again that have not had their turn. */
    @Test
    void whatIsFoundASecondTimeBeforeItIsThroughTakesItsRoomOnce(@TempDir Path root) throws Exception {
        MovableClock clock = new MovableClock();
        Home home = Home.at(root.resolve("home"));
        Path drop = Files.createDirectories(root.resolve("drop"));
        Settings settings = Settings.packaged().with(Map.of("venice.drops.drop.folder", drop.toString()));
        Settling settling = new Settling(new Drops(settings, home.root()), new Looks(clock), new Stays(home), clock, settings);
        DiskRoom disk = new DiskRoom(() -> FREE, 0);
        Claims claims = new Claims(home, new Border(home), settling, disk, new JobIds(clock), clock);
        Files.writeString(drop.resolve("gondola.txt"), "A gondola at dawn");
        settling.look("drop");
        clock.advance(Duration.ofMinutes(1));
        Settled settled = settling.look("drop").get(0);
        // So that it stays where it is, and is found again.
        Files.createDirectories(home.root());
        Files.createFile(home.root().resolve(".work"));

        assertThat(claims.claim(settled)).isEmpty();
        assertThat(claims.claim(settled)).isEmpty();
        assertThat(disk.has(FREE)).isFalse();
        claims.through(settled);

        assertThat(disk.has(FREE)).isTrue();
    }
}
