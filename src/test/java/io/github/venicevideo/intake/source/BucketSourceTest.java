package io.github.venicevideo.intake.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.S3Server;
import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.drop.Drops;
import io.github.venicevideo.home.drop.Sources;
import io.github.venicevideo.intake.Leftovers;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What a look into a bucket says of its source. */
@Timeout(180)
class BucketSourceTest {

    @Test
    void aLedgerThatCannotBeAskedIsNoTroubleOfTheSource(@TempDir Path folder) throws Exception {
        Clock clock = Clock.systemUTC();
        Home home = Home.at(folder.resolve("home"));
        Ledger ledger = new Ledger(folder.resolve("ledger"), clock);
        ledger.start();
        try (S3Server server = S3Server.start(folder.resolve("s3")).bucket("inbox"); S3Client s3 = server.client();
                DefaultCamelContext context = new DefaultCamelContext()) {
            s3.putObject(put -> put.bucket("inbox").key("canal.txt"), RequestBody.fromString("A canal"));
            Settings settings = Settings.packaged().with(Map.of("venice.drop.sources", "inbox",
                    "venice.drop.sources.inbox", server.endpoint("inbox", S3Server.SECRET)));
            SourceWatch watch = new SourceWatch(clock, settings);
            JobIds ids = new JobIds(clock);
            BucketSource source = new BucketSource(context, home, new Sources(settings, new Drops(settings, home.root())), ledger,
                    new Leftovers(home, ledger, new BundleFolders(home, new Border(home), ledger.folders()), new Border(home),
                    ids, clock), watch, ids, clock, settings);
            assertThat(source.look("inbox")).hasSize(1);
            ledger.stop();

            assertThat(source.look("inbox")).isEmpty();

            assertThat(watch.down()).isEmpty();
            assertThat(watch.left()).isEmpty();
        }
    }
}
