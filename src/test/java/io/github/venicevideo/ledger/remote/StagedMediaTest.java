package io.github.venicevideo.ledger.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.venicevideo.ledger.OpenLedger;
import io.github.venicevideo.ledger.job.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What lies in a bucket for jobs. */
@Timeout(180)
class StagedMediaTest {

    @RegisterExtension
    private final OpenLedger open = new OpenLedger();

    @Test
    void whatNoJobNeedsIsToldInPartsEachAfterTheOneBefore() {
        open.record("ended");
        open.ledger().transitions().failed(open.take(), Reason.REFUSED, "No", Optional.empty());
        StagedMedia staged = open.ledger().stagedMedia();
        for (int i = 0; i <= StagedMedia.MOST_AT_ONCE; i++) {
            staged.intend("ended", "bucket", "content " + i, String.format("key-%03d", i));
        }

        List<String> first = staged.unneeded("bucket", "");
        assertThat(first).hasSize(StagedMedia.MOST_AT_ONCE).startsWith("key-000", "key-001");
        assertThat(staged.unneeded("bucket", first.get(first.size() - 1))).containsExactly("key-100");
        assertThat(staged.unneeded("bucket", "key-100")).isEmpty();
    }
}
