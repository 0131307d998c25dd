package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.api.JobState;
import io.github.venicevideo.home.BundleFolders;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.Looks;
import io.github.venicevideo.home.OwnFiles;
import io.github.venicevideo.home.OwnerOnly;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what people answer to parked jobs. An answer counts where we asked for it alone: in the folder that we made of the
 * parked job, and never in the bundle that lies in it. It is renamed into a folder of ours before it is opened. The bundle follows
 * its job when the next step takes it.
 */
public final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String AT = "@";
    private static final String END = ".json";
    private static final int LARGEST = 1_000_000;

    private final Home home;
    private final Ledger ledger;
    private final BundleFolders bundles;
    private final Looks looks;
    private final Answering answering;
    private final boolean enabled;

    public Answers(Home home, Ledger ledger, ConsentStore store, Clock clock, Settings settings, BundleFolders bundles,
            Looks looks) {
        this.home = home;
        this.ledger = ledger;
        this.bundles = bundles;
        this.looks = looks;
        this.answering = new Answering(home, ledger, store, clock, settings);
        this.enabled = settings.flag("venice.answers.files");
    }

    /** The answers that lie there: those that were taken by a program that died before it carried them out, then new ones. */
    public List<Path> look() throws IOException {
        if (!enabled) {
            return List.of();
        }
        List<Path> answers = new ArrayList<>();
        if (Files.isDirectory(home.answers(), LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> taken = Files.newDirectoryStream(home.answers(), "*" + END)) {
                taken.forEach(answers::add);
            }
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(home.parked())) {
            for (Path folder : folders) {
                Path answer = folder.resolve(OwnFiles.ANSWER);
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && Files.exists(answer, LinkOption.NOFOLLOW_LINKS)) {
                    answers.add(answer);
                }
            }
        }
        looks.looked(home.parked().getFileName().toString());
        return answers;
    }

    /** Takes one answer; one that cannot be used is put aside. What cannot be taken now is found again by the next look. */
    public void take(@Body Path answer) {
        try {
            Optional<Path> taken = answer.startsWith(home.answers()) ? Optional.of(answer) : fetch(answer);
            if (taken.isPresent()) {
                carryOut(taken.get());
            }
        } catch (NoSuchFileException e) {
            LOG.debug("The answer was taken away again", e);
        } catch (IOException e) {
            LOG.warn("{} cannot be taken, and is tried again: {}", answer, e.toString());
        }
    }

    /** One whose job does not wait, or is still being filed, stays; once the job has gone on, nobody is to read it. */
    private Optional<Path> fetch(Path answer) throws IOException {
        Optional<Job> job = bundles.jobOf(answer.getParent()).flatMap(ledger.jobs()::find);
        if (job.isEmpty()) {
            return Optional.empty();
        }
        if (job.get().state() != JobState.PARKED) {
            DurableFiles.deleteTree(answer);
            return Optional.empty();
        }
        Path taken = home.answers().resolve(name(job.get()));
        if (!job.get().filed() || Files.exists(taken, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Files.createDirectories(home.answers());
        OwnerOnly.restrict(home.answers());
        DurableFiles.move(answer, taken);
        return Optional.of(taken);
    }

    private void carryOut(Path taken) throws IOException {
        String name = taken.getFileName().toString();
        // What was parked anew since, nobody has answered.
        Optional<Job> job = ledger.jobs().find(name.substring(0, Math.max(0, name.indexOf(AT))))
                .filter(found -> found.state() == JobState.PARKED && found.filed() && name.equals(name(found)));
        Optional<Path> folder = job.isPresent() ? bundles.of(job.get().id()) : Optional.empty();
        if (job.isPresent()) {
            try {
                JsonNode form = AnswerFile.parse(text(taken), OwnFiles.ANSWER);
                answering.apply(form, OwnFiles.ANSWER, job.get(), Attestation.Way.FILE,
                        Files.getLastModifiedTime(taken, LinkOption.NOFOLLOW_LINKS).toInstant());
                if (folder.isPresent()) {
                    DurableFiles.deleteTree(folder.get().resolve(OwnFiles.ANSWER_ERROR));
                }
            } catch (IllegalArgumentException e) {
                LOG.warn("{}: the answer is refused; {} beside it says why", job.get().bundle(), OwnFiles.ANSWER_ERROR);
                if (folder.isPresent()) {
                    refuse(taken, folder.get(), e.getMessage());
                }
            }
        }
        // It may hold a download_url.
        DurableFiles.deleteTree(taken);
        DurableFiles.syncFolder(home.answers());
    }

    private static String name(Job job) {
        return job.id() + AT + job.updatedAt().toEpochMilli() + END;
    }

    private static byte[] text(Path taken) throws IOException {
        if (!Files.isRegularFile(taken, LinkOption.NOFOLLOW_LINKS) && Files.exists(taken, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(OwnFiles.ANSWER + " is no plain file. Put the file itself there, no link.");
        }
        try (InputStream in = Files.newInputStream(taken, LinkOption.NOFOLLOW_LINKS)) {
            byte[] text = in.readNBytes(LARGEST + 1);
            if (text.length > LARGEST) {
                throw new IllegalArgumentException(OwnFiles.ANSWER + " has more than " + LARGEST + " bytes.");
            }
            return text;
        }
    }

    private static void refuse(Path taken, Path folder, String why) throws IOException {
        DurableFiles.write(folder.resolve(OwnFiles.ANSWER_ERROR), (why + "\nThe bundle still waits. Mend " + OwnFiles.ANSWER_REFUSED
                + " and rename it to answer.json.\n").getBytes(StandardCharsets.UTF_8));
        DurableFiles.deleteTree(folder.resolve(OwnFiles.ANSWER_REFUSED));
        if (Files.isRegularFile(taken, LinkOption.NOFOLLOW_LINKS)) {
            DurableFiles.move(taken, folder.resolve(OwnFiles.ANSWER_REFUSED));
        }
    }
}
