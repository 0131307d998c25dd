package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.attestation.Attestation;
import io.github.venicevideo.attestation.ConsentStore;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.OwnFiles;
import io.github.venicevideo.ledger.Job;
import io.github.venicevideo.ledger.JobState;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what people answer to parked jobs. The bundle follows its job when the next step takes it. */
public final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String REFUSED = "answer-refused.json";
    private static final String ERROR = "answer-error.txt";

    private final Ledger ledger;
    private final Answering answering;
    private final boolean enabled;

    public Answers(Home home, Ledger ledger, ConsentStore store, Clock clock, Settings settings) {
        this.ledger = ledger;
        this.answering = new Answering(home, ledger, store, clock, settings);
        this.enabled = settings.flag("venice.answers.files");
    }

    /** Takes an {@code answer.json} that was found in a parked bundle; one that cannot be used is put aside. */
    public void take(File answer) throws IOException {
        Path bundle = answer.toPath().getParent();
        Optional<Job> job = BundleFolders.jobOf(bundle).flatMap(ledger.jobs()::find)
                .filter(found -> enabled && found.state() == JobState.PARKED && found.filed());
        if (job.isEmpty()) {
            clear(answer, bundle);
            return;
        }
        try {
            JsonNode form = AnswerFile.parse(DroppedConsent.text(answer.toPath()), OwnFiles.ANSWER);
            answering.apply(form, OwnFiles.ANSWER, job.get(), Attestation.Way.FILE,
                    Files.getLastModifiedTime(answer.toPath()).toInstant());
            Files.deleteIfExists(bundle.resolve(ERROR));
            clear(answer, bundle);
        } catch (IllegalArgumentException e) {
            LOG.warn("{}: the answer is refused; {} beside it says why", job.get().bundle(), ERROR);
            DurableFiles.write(bundle.resolve(ERROR), (e.getMessage() + "\nThe bundle still waits. Mend " + REFUSED
                    + " and rename it to answer.json.\n").getBytes(StandardCharsets.UTF_8));
            Files.move(answer.toPath(), bundle.resolve(REFUSED), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            LOG.debug("The answer was taken away again", e);
        }
    }

    /** Once it is taken, nobody is to read it: it may hold a download_url. One that is not taken yet stays. */
    private void clear(File answer, Path bundle) throws IOException {
        Optional<Job> job = BundleFolders.jobOf(bundle).flatMap(ledger.jobs()::find);
        if (enabled && job.filter(found -> found.state() != JobState.PARKED).isPresent()) {
            Files.deleteIfExists(answer.toPath());
            DurableFiles.syncFolder(bundle);
        }
    }
}
