package io.github.venicevideo.deliver;

import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.support.service.ServiceHelper;

/** Finds out what kind of destination an endpoint is. */
final class Storages {

    private static final Set<String> REMOTE = Set.of("ftp", "ftps", "sftp");

    private final CamelContext context;
    private final Ledger ledger;
    private final Map<String, Object> making = new ConcurrentHashMap<>();
    /** Folders that were there at some time since the start. */
    private final Set<Path> seen = ConcurrentHashMap.newKeySet();

    Storages(CamelContext context, Ledger ledger) {
        this.context = context;
        this.ledger = ledger;
    }

    /**
     * The storage behind a destination. Making the endpoint of a bucket asks the store for the bucket.
     *
     * @param begun whether this job has written there before
     */
    Storage of(Target target, Job job, boolean begun) {
        String scheme = target.uri().substring(0, target.uri().indexOf(':'));
        if (scheme.equals("file") && endpoint(target) instanceof FileEndpoint file) {
            return new FolderStorage(file, job.id(), begun, folder -> wasThere(target.destination(), folder));
        }
        if (scheme.equals("aws2-s3") && endpoint(target) instanceof AWS2S3Endpoint bucket) {
            return new S3Storage(bucket, ledger.deliveries(), target.destination(), job);
        }
        if (REMOTE.contains(scheme) && endpoint(target) instanceof RemoteFileEndpoint<?> server) {
            return new RemoteStorage(server, begun);
        }
        return new UncheckedStorage(target.uri());
    }

    /** Remembers a folder that is there now. */
    void see(Path folder) {
        if (Files.isDirectory(folder)) {
            seen.add(folder);
        }
    }

    /** The home's own folders go with the ledger: where one is gone, somebody has removed it. */
    private boolean wasThere(String destination, Path folder) {
        Home home = context.getRegistry().lookupByNameAndType("veniceHome", Home.class);
        return (home == null || !folder.startsWith(home.root()))
                && (seen.contains(folder) || ledger.deliveries().anyIn(destination, folder));
    }

    /**
     * The endpoint that the send will take too. Camel lets two threads each make one for the same URI and keeps the later,
     * so that an object could be sent by another than the one that was told its checksum and whose it is.
     */
    Endpoint endpoint(Target target) {
        synchronized (making.computeIfAbsent(target.uri(), uri -> new Object())) {
            Endpoint endpoint = context.getEndpoint(target.uri());
            // While the context is still starting, it puts off what an endpoint does to start; a bucket has no client until then.
            ServiceHelper.startService(endpoint);
            return endpoint;
        }
    }
}
