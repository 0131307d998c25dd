package io.github.venicevideo.assembly;

import io.github.venicevideo.intake.Claims;
import io.github.venicevideo.intake.Entrance;
import io.github.venicevideo.intake.Intake;
import io.github.venicevideo.intake.Leftovers;
import io.github.venicevideo.intake.Settling;
import io.github.venicevideo.intake.TakeOver;
import io.github.venicevideo.intake.bundle.BundleReader;
import io.github.venicevideo.intake.source.BucketSource;
import io.github.venicevideo.intake.source.FileSource;
import io.github.venicevideo.intake.source.MessageSource;
import io.github.venicevideo.intake.source.SourceFiles;
import io.github.venicevideo.intake.source.TopicSource;

/** The beans of stage 1. */
public final class IntakeBeans {

    private IntakeBeans() {
    }

    public static void bind(Beans beans, SharedBeans shared) {
        Settling settling = beans.bind("veniceSettling", Settling.class,
                () -> new Settling(shared.drops, shared.looks, shared.stays, shared.clock, shared.settings));
        beans.bind("veniceClaims", Claims.class,
                () -> new Claims(shared.home, shared.border, settling, shared.disk, shared.jobIds, shared.clock));
        Leftovers leftovers = beans.bind("veniceLeftovers", Leftovers.class, () -> new Leftovers(shared.home, shared.ledger,
                shared.bundleFolders, shared.border, shared.jobIds, shared.clock));
        beans.bind("veniceTakeOver", TakeOver.class, () -> new TakeOver(shared.home, shared.border, leftovers));
        beans.bind("veniceEntrance", Entrance.class, () -> new Entrance(shared.home, shared.ledger, shared.border,
                shared.jobIds, shared.clock, leftovers));
        BundleReader reader = new BundleReader(shared.catalogue, shared.settings, shared.destinations);
        beans.bind("veniceIntake", Intake.class, () -> new Intake(shared.home, shared.drops, shared.ledger, shared.api,
                shared.destinations, reader, leftovers));
        bindSources(beans, shared, leftovers);
    }

    private static void bindSources(Beans beans, SharedBeans shared, Leftovers leftovers) {
        beans.bind("veniceBucketSource", BucketSource.class, () -> new BucketSource(shared.context, shared.home,
                shared.sources, shared.ledger, leftovers, shared.sourceWatch, shared.jobIds, shared.clock, shared.settings));
        beans.bind("veniceSourceFiles", SourceFiles.class, () -> new SourceFiles(shared.clock, shared.settings));
        beans.bind("veniceFileSource", FileSource.class, () -> new FileSource(shared.home, shared.sources, shared.ledger,
                leftovers, shared.jobIds, shared.clock));
        beans.bind("veniceMessageSource", MessageSource.class, () -> new MessageSource(shared.home, shared.sources,
                shared.ledger, leftovers, shared.jobIds, shared.clock));
        beans.bind("veniceTopicSource", TopicSource.class, () -> new TopicSource(shared.home, shared.sources, shared.ledger,
                leftovers, shared.jobIds, shared.clock));
    }
}
