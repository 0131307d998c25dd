package io.github.venicevideo.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.ConsentStore;
import io.github.venicevideo.home.Border;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.HandOut;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.Looks;
import io.github.venicevideo.home.OwnerOnly;
import io.github.venicevideo.home.Rights;
import io.github.venicevideo.home.ShownNames;
import io.github.venicevideo.home.Stays;
import io.github.venicevideo.home.Taken;
import io.github.venicevideo.home.WorkFolder;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.settings.Settings;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.endpoint.Sentences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what people put into {@code consents/}: statements about media, ahead of any bundle, and revocations. Each is a
 * {@code .json} file, or a folder with {@code attestation.json} or {@code revocation.json} in it beside the media.
 */
public final class ConsentDrop {

    private static final Logger LOG = LoggerFactory.getLogger(ConsentDrop.class);

    private static final String TAKEN = "taken";
    private static final String REFUSED = "refused";
    /** Folders of the program's in there. */
    private static final Set<String> OURS = Set.of(TAKEN, REFUSED, "policies");
    private static final int MOST_AT_ONCE = 100;

    private final Path root;
    private final Path desk;
    private final Border border;
    private final Looks looks;
    private final Stays stays;
    private final JobIds ids;
    private final Clock clock;
    private final Duration settle;
    private final boolean enabled;
    private final GivenAhead ahead;
    private final Revoking revoking;
    private volatile String told = "";

    public ConsentDrop(Home home, Ledger ledger, ConsentStore store, Border border, Looks looks, Stays stays, JobIds ids,
            Clock clock, Settings settings) {
        this.root = home.root().resolve("consents");
        this.desk = home.consentsDesk();
        this.border = border;
        this.looks = looks;
        this.stays = stays;
        this.ids = ids;
        this.clock = clock;
        this.settle = settings.duration("venice.drop.settle");
        this.enabled = settings.flag("venice.answers.files");
        this.ahead = new GivenAhead(ledger, store, clock, settings);
        this.revoking = new Revoking(ledger, store, clock);
    }

    /**
     * Looks through {@code consents/}, without following a link, and claims each in which nothing has changed for
     * {@code venice.drop.settle}.
     *
     * @return what is claimed, and not taken or refused yet, by its folder
     */
    public List<WorkFolder> look() throws IOException {
        Files.createDirectories(root);
        if (enabled) {
            Files.createDirectories(desk);
            OwnerOnly.restrict(desk);
            claimSettled();
        }
        looks.looked("consents");
        if (!Files.isDirectory(desk)) {
            return List.of();
        }
        try (Stream<Path> claimed = Files.list(desk)) {
            return claimed.filter(Files::isDirectory).limit(MOST_AT_ONCE).sorted().map(WorkFolder::new).toList();
        }
    }

    private void claimSettled() throws IOException {
        SortedMap<String, String> hindered = new TreeMap<>();
        int claimed = 0;
        try (DirectoryStream<Path> units = Files.newDirectoryStream(root)) {
            for (Path unit : units) {
                if (claimed == MOST_AT_ONCE) {
                    return;
                }
                try {
                    if (!OURS.contains(unit.getFileName().toString()) && ConsentUnit.isSettled(unit, clock.instant().minus(settle))) {
                        Optional<String> lack = Rights.lack(unit);
                        lack.ifPresent(why -> hindered.put(unit.getFileName().toString(), why));
                        if (lack.isEmpty()) {
                            border.claim(unit, new WorkFolder(desk.resolve(ids.next())), ShownNames.of(unit.getFileName().toString()));
                            claimed++;
                        }
                    }
                } catch (NoSuchFileException e) {
                    LOG.debug("It was taken away again", e);
                } catch (IOException e) {
                    hindered.put(unit.getFileName().toString(), "cannot be taken: " + Sentences.of(e));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        stays.in("consents", hindered);
    }

    /**
     * Takes what was claimed; what cannot be used is put aside.
     *
     * @throws IOException when a disk fails, or somebody still writes to it; it is taken later
     */
    public void take(WorkFolder claimed) throws IOException {
        Taken copy = border.takeOver(claimed);
        Optional<Path> entry = claimed.droppedEntry();
        if (entry.isPresent() && !isReady(claimed)) {
            judge(claimed, entry.get(), copy);
        }
        // What is handed out, and judged once more after a crash, would be handed out twice.
        DurableFiles.deleteTree(claimed.dropped());
        for (String where : List.of(TAKEN, REFUSED)) {
            if (Files.isDirectory(claimed.path().resolve(where))) {
                try (Stream<Path> ready = Files.list(claimed.path().resolve(where))) {
                    for (Path folder : (Iterable<Path>) ready::iterator) {
                        HandOut.move(folder, root, where);
                    }
                }
            }
        }
        DurableFiles.deleteTree(claimed.path());
    }

    private static boolean isReady(WorkFolder claimed) throws IOException {
        for (String where : List.of(TAKEN, REFUSED)) {
            Path ready = claimed.path().resolve(where);
            if (Files.isDirectory(ready)) {
                try (Stream<Path> folders = Files.list(ready)) {
                    if (folders.findAny().isPresent()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void judge(WorkFolder claimed, Path unit, Taken copy) throws IOException {
        String name = unit.getFileName().toString();
        try {
            copy.odd().keySet().stream().filter(odd -> !odd.startsWith(".")).findFirst().ifPresent(odd -> {
                throw new IllegalArgumentException(name + (odd.isEmpty() ? "" : ": " + ShownNames.of(odd)) + " is no plain file that"
                        + " can be read. Put files there, no folders and no links.");
            });
            DroppedConsent dropped = DroppedConsent.read(unit, ConsentUnit.json(unit));
            finish(claimed, unit, TAKEN, "result.json", Json.pretty(taken(dropped)));
            LOG.info("A person's {} was taken from consents/", dropped.name());
        } catch (IllegalArgumentException e) {
            LOG.warn("{} in consents/ is refused; consents/refused says why", name);
            finish(claimed, unit, REFUSED, "error.txt", (e.getMessage() + "\nNothing was recorded of it. Mend it and put"
                    + " it back into consents/.\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Failed puts of a program that died are done again: a repeated statement says the same. */
    public void failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception cause) {
        String trouble = Sentences.of(cause);
        if (!trouble.equals(told)) {
            told = trouble;
            LOG.warn("What was put into consents/ cannot be taken now; it is tried again: {}", trouble);
        }
    }

    private ObjectNode taken(DroppedConsent dropped) {
        JsonNode form = AnswerFile.parse(dropped.json(), dropped.name());
        if (form.has("revoke")) {
            return revoking.take(form, dropped.name(), dropped.changedAt().toString(), dropped.files());
        }
        Attestation attestation = ahead.take(form, dropped.name(), dropped.policyText(), dropped.files(), Attestation.Way.FILE);
        ObjectNode result = Json.mapper().createObjectNode();
        result.put("attestation", attestation.id()).put("policy_hash", attestation.policyHash().orElse(""));
        attestation.media().forEach(medium -> result.withArray("media").addObject()
                .put("sha256", medium.sha256().orElse("")).put("name", medium.name()));
        return result;
    }

    /**
     * Beside what was dropped lies what is to be said about it, in a folder that is made by us. Copied: what a program that dies in
     * the middle of it leaves is judged anew, and has to be whole.
     */
    private static void finish(WorkFolder claimed, Path unit, String where, String document, byte[] content) throws IOException {
        Path folder = claimed.filing();
        DurableFiles.deleteTree(folder);
        if (Files.isDirectory(unit, LinkOption.NOFOLLOW_LINKS)) {
            DurableFiles.copyTree(unit, folder);
        } else {
            Files.createDirectory(folder);
            DurableFiles.copyTree(unit, folder.resolve(unit.getFileName()));
        }
        DurableFiles.write(folder.resolve(document), content);
        Path ready = Files.createDirectories(claimed.path().resolve(where));
        DurableFiles.move(folder, ready.resolve(unit.getFileName().toString().replaceFirst("\\.json$", "")));
    }
}
