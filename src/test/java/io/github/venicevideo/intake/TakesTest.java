package io.github.venicevideo.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.intake.bundle.NotWrittenException;
import io.github.venicevideo.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakesTest {

    /** With "-9" it is as long as a name may be, with "-10" too long. */
    private static final String LONG_ID = "j".repeat(253);

    @TempDir
    private Path folder;

    @Test
    void takesThatCannotAllBeMadeLeaveNoneBehind() throws IOException {
        Home home = Home.at(folder);
        WorkFolder first = home.work(LONG_ID);
        Claim claim = Claim.of(LONG_ID, "drop", "canal", "canal.txt", false, Optional.empty(), Instant.EPOCH);
        claim.write(first);
        Files.writeString(first.dropped().resolve("canal.txt"), "A canal");
        Takes takes = new Takes(home, new Ledger(folder.resolve("ledger"), Clock.systemUTC()));

        assertThatThrownBy(() -> takes.of(claim, first, 10)).isInstanceOf(NotWrittenException.class);

        try (Stream<Path> left = Files.list(home.work())) {
            assertThat(left).containsExactly(first.path());
        }
        assertThat(Claim.read(first)).contains(claim);
    }
}
