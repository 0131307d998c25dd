package io.github.venicevideo.consent;

import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Intent;
import io.github.venicevideo.home.WorkFolder;
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

    private final Home home;
    private final Ledger ledger;
    private final Clock clock;
    private final boolean enabled;

    public Answers(Home home, Ledger ledger, Clock clock, Settings settings) {
        this.home = home;
        this.ledger = ledger;
        this.clock = clock;
        this.enabled = settings.flag("venice.answers.files");
    }

    /** Takes an {@code answer.json} that was found in a parked bundle; one that cannot be used is put aside. */
    public void take(File answer) throws IOException {
        Path bundle = answer.toPath().getParent();
        Optional<Job> job = BundleFolders.jobOf(bundle).flatMap(ledger::find)
                .filter(found -> enabled && found.state() == JobState.PARKED && found.filed());
        if (job.isEmpty()) {
            return;
        }
        try {
            apply(AnswerFile.read(Files.readAllBytes(answer.toPath()), job.get()), job.get());
            Files.deleteIfExists(bundle.resolve(ERROR));
        } catch (IllegalArgumentException e) {
            LOG.warn("{}: the answer is refused: {}", job.get().bundle(), e.getMessage());
            DurableFiles.write(bundle.resolve(ERROR), (e.getMessage() + "\nThe bundle still waits. Mend " + REFUSED
                    + " and rename it to answer.json.\n").getBytes(StandardCharsets.UTF_8));
            Files.move(answer.toPath(), bundle.resolve(REFUSED), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            LOG.debug("The answer was taken away again", e);
        }
    }

    private void apply(AnswerFile answer, Job job) throws IOException {
        WorkFolder work = home.work(job.id());
        String message = answer.by() + " answered " + answer.answer();
        switch (answer.answer()) {
            case APPROVE -> ledger.answeredToSend(job.id(), message, job.reason());
            case RESUBMIT -> {
                Optional<Intent> late = Intent.read(work).filter(Intent::isAnswered);
                if (late.isPresent()) {
                    // The answer came after the job was given up: there is no doubt any more.
                    ledger.answeredToAsk(job.id(), message + ", but it had been accepted", late.get().model().orElseThrow(),
                            late.get().queueId().orElseThrow());
                    return;
                }
                // Taken back first: with it in place the job would be settled as in doubt again.
                Intent.delete(work);
                ledger.answeredToSend(job.id(), message, Optional.empty());
            }
            case ADOPT -> {
                String queueId = answer.queueId().orElseThrow();
                String model = job.request().fields().path("model").asText("");
                Intent.of(job.id(), job.api(), job.attempts(), clock.instant())
                        .answered(model, queueId, Optional.empty()).write(work);
                ledger.answeredToAsk(job.id(), message, model, queueId);
            }
            case RETRY -> ledger.answeredToAsk(job.id(), message, job.model().orElse(""), job.queueId().orElseThrow());
            case REJECT -> ledger.answeredToEnd(job.id(), message);
        }
        LOG.info("{}: {}", job.bundle(), message);
    }
}
