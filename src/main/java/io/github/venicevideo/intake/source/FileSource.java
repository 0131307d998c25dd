package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.Claim;
import io.github.venicevideo.home.DurableFiles;
import io.github.venicevideo.home.Home;
import io.github.venicevideo.home.JobIds;
import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.home.drop.Sources;
import io.github.venicevideo.intake.Leftovers;
import io.github.venicevideo.intake.Placed;
import io.github.venicevideo.intake.Placing;
import io.github.venicevideo.intake.media.BoundedInput;
import io.github.venicevideo.intake.names.BundleNames;
import io.github.venicevideo.intake.problem.ReadLimits;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.component.file.GenericFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes single-file bundles that a file consumer brings, such as one of an SFTP server. The consumer deletes or moves a
 * file when its exchange has come through, so only once it is recorded.
 */
public final class FileSource {

    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

    private final Sources sources;
    private final Ledger ledger;
    private final Placing placing;
    private final Placed placed;

    public FileSource(Home home, Sources sources, Ledger ledger, Leftovers leftovers, JobIds ids, Clock clock) {
        this.sources = sources;
        this.ledger = ledger;
        this.placed = new Placed(leftovers);
        this.placing = new Placing(home, ids, clock);
    }

    /** Whether a file was not recorded before: else it is only still to be deleted or moved. */
    public boolean isNew(String name, Exchange exchange) {
        String reference = reference(name, file(exchange));
        Optional<Job> known = ledger.jobs().findByReference(reference);
        known.ifPresent(job -> placed.recorded(reference));
        return known.isEmpty();
    }

    /** Fetches a file into a work folder of its own, unless that was done before and not recorded. */
    public Claim place(String name, Exchange exchange) throws IOException {
        GenericFile<?> file = file(exchange);
        String reference = reference(name, file);
        return placed.once(reference, () -> fetch(sources.named(name), file, reference, exchange));
    }

    /** A file is recorded: from now on the ledger knows it. */
    public void recorded(String name, Exchange exchange) {
        placed.recorded(reference(name, file(exchange)));
    }

    private Claim fetch(Source source, GenericFile<?> file, String reference, Exchange exchange) throws IOException {
        String entry = file.getFileNameOnly();
        Claim claim = placing.place(placing.nextId(), source.drop(), BundleNames.of(entry), entry, false,
                Optional.of(reference), staged -> {
                    // No more than was listed, so that a server cannot fill the disk.
                    long most = Math.min(Math.max(0, file.getFileLength()), ReadLimits.DEFAULT.unpackedBytes());
                    try (InputStream in = new BoundedInput(exchange.getMessage().getMandatoryBody(InputStream.class), most)) {
                        Files.copy(in, staged);
                    } catch (BoundedInput.TooLongException e) {
                        throw new IOException("The file " + entry + " has more than " + most + " bytes, which is as many as were"
                                + " listed or a bundle may have", e);
                    } catch (InvalidPayloadException e) {
                        throw new IOException("The file " + entry + " came without its content", e);
                    }
                    checkLength(file, staged);
                    DurableFiles.syncFile(staged);
                });
        LOG.info("{}: taken from the source {}", claim.bundle(), source);
        return claim;
    }

    private static void checkLength(GenericFile<?> file, Path staged) throws IOException {
        if (Files.size(staged) != file.getFileLength()) {
            throw new IOException("The file " + file.getFileNameOnly() + " came with " + Files.size(staged)
                    + " bytes instead of " + file.getFileLength());
        }
    }

    private static String reference(String name, GenericFile<?> file) {
        return "source:" + name + ":" + file.getRelativeFilePath() + "#" + file.getFileLength() + "@" + file.getLastModified();
    }

    private static GenericFile<?> file(Exchange exchange) {
        GenericFile<?> file = exchange.getProperty("CamelFileExchangeFile", GenericFile.class);
        if (file == null) {
            throw new IllegalStateException("The source's consumer brings no files");
        }
        return file;
    }
}
