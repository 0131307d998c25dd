package io.github.venicevideo.deliver;

import io.github.venicevideo.ledger.job.Job;
import io.github.venicevideo.ledger.remote.Deliveries;
import io.github.venicevideo.ledger.remote.Delivery;
import io.github.venicevideo.s3.BegunUploads;
import io.github.venicevideo.s3.S3Checksums;
import io.github.venicevideo.s3.S3Endpoints;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A destination that is an S3 bucket: its objects tell whose they are, and what their bytes come to. Each is sent on the condition that
 * there is none: of two programs the store refuses one, which then looks again.
 */
final class S3Storage implements Storage {

    /** The metadata that says which job an object came from. */
    static final String JOB_ID = "venice-job-id";
    /** The metadata that says what an object's bytes come to, in hex. */
    static final String SHA256 = "sha256";

    private final AWS2S3Endpoint endpoint;
    private final ChecksummedS3Client client;
    private final Deliveries deliveries;
    private final String destination;
    private final Job job;

    S3Storage(AWS2S3Endpoint endpoint, Deliveries deliveries, String destination, Job job) {
        this.endpoint = endpoint;
        this.client = client(endpoint);
        this.deliveries = deliveries;
        this.destination = destination;
        this.job = job;
    }

    private static ChecksummedS3Client client(AWS2S3Endpoint endpoint) {
        synchronized (endpoint) {
            if (!(endpoint.getS3Client() instanceof ChecksummedS3Client)) {
                endpoint.setS3Client(new ChecksummedS3Client(endpoint.getS3Client()));
            }
            return (ChecksummedS3Client) endpoint.getS3Client();
        }
    }

    @Override
    public boolean isTaken(FileNames names) {
        return names.all().stream().anyMatch(this::isOthers);
    }

    private boolean isOthers(String key) {
        return head(key).filter(head -> !isOurs(head)).isPresent();
    }

    private boolean isOurs(HeadObjectResponse head) {
        return job.id().equals(head.metadata().get(JOB_ID));
    }

    @Override
    public boolean holds(Item item) throws IOException {
        Optional<HeadObjectResponse> head = head(item.name());
        return head.isPresent() && isOurs(head.get()) && isSame(head.get(), item);
    }

    @Override
    public void expect(Item item) {
        removeLeftovers();
        client.expect(upload(item, head(item.name()).filter(this::isOurs).isPresent()));
    }

    @Override
    public void verify(Item item) throws IOException {
        client.forget(item.name());
        HeadObjectResponse head = head(item.name()).orElseThrow(() -> new IOException(location(item.name())
                + " is not there, though the store took it. It is delivered again."));
        if (!isSame(head, item)) {
            throw new IOException(location(item.name()) + " is not what was sent: it has " + head.contentLength()
                    + " bytes instead of " + item.bytes() + ", or another SHA-256. It is delivered again.");
        }
        deliveries.uploaded(job.id(), destination);
    }

    @Override
    public String location(String name) {
        return "s3://" + bucket() + "/" + name;
    }

    /** By the checksum that the store keeps; where it keeps none, or another, by reading the object back. */
    private boolean isSame(HeadObjectResponse head, Item item) throws IOException {
        if (head.contentLength() != item.bytes()) {
            return false;
        }
        String checksum = Optional.ofNullable(head.checksumSHA256()).orElse("");
        if (checksum.equals(Sha256.base64(item.sha256()))
                || checksum.contains("-") && item.content() instanceof File
                && checksum.equals(upload(item, false).compositeSha256())) {
            return true;
        }
        // Older stores compose it otherwise, and some of nothing that is known: what is there decides.
        try (InputStream in = client.getObject(get -> get.bucket(bucket()).key(item.name())
                .overrideConfiguration(S3Checksums.without(Optional.empty())))) {
            return Sha256.hex(in).equals(item.sha256());
        }
    }

    private Optional<HeadObjectResponse> head(String key) {
        return S3Endpoints.head(client, head -> head.bucket(bucket()).key(key).checksumMode(ChecksumMode.ENABLED));
    }

    /** Parts of an upload that a crash, or a store that went away, left behind are paid for until they are removed. */
    @Override
    public void removeLeftovers() {
        Optional<Delivery> begun = deliveries.of(job.id(), destination);
        if (begun.flatMap(Delivery::uploadKey).isEmpty()) {
            return;
        }
        String key = begun.get().uploadKey().get();
        BegunUploads uploads = new BegunUploads(client, bucket());
        // A kill came between the beginning of an upload and its id where that is missing.
        begun.get().uploadId().ifPresentOrElse(id -> uploads.abort(key, id), () -> uploads.abort(key));
        deliveries.uploaded(job.id(), destination);
    }

    private S3Upload upload(Item item, boolean overwrite) {
        return new S3Upload(item, Map.of(
                JOB_ID, job.id(),
                "venice-model", ascii(job.request().fields().path("model").asText("")),
                SHA256, item.sha256()), overwrite, endpoint.getConfiguration().getPartSize(),
                () -> deliveries.uploadBegins(job.id(), destination, item.name()),
                id -> deliveries.uploading(job.id(), destination, item.name(), id));
    }

    private String bucket() {
        return endpoint.getConfiguration().getBucketName();
    }

    private static String ascii(String text) {
        return text.replaceAll("[^\\x21-\\x7e]", "-");
    }
}
