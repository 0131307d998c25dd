package io.github.venicevideo.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Uploads in parts into a bucket, each part checked by the store.
 *
 * @param size bytes of each part but the last
 * @param options of each object
 * @param checked whether checksums go along, which some stores refuse
 */
public record PartsUpload(S3Client client, String bucket, long size, ObjectOptions options, boolean checked) {

    /** Uploads a file; where that breaks off, its parts are aborted, if not now then by {@link BegunUploads} later. */
    public void upload(String key, Path file, Map<String, String> metadata, String mimeType) throws IOException {
        BegunUploads begun = new BegunUploads(client, bucket);
        begun.abort(key);
        String id = client.createMultipartUpload(request -> request.bucket(bucket).key(key).contentType(mimeType)
                .metadata(metadata).checksumAlgorithm(checked ? ChecksumAlgorithm.SHA256 : null)
                .overrideConfiguration(checksums()).applyMutation(options::addTo)).uploadId();
        try {
            List<CompletedPart> parts = new ArrayList<>();
            long bytes = Files.size(file);
            for (long from = 0; from < bytes; from += size) {
                parts.add(part(key, id, parts.size() + 1, new FilePart(file, from, Math.min(size, bytes - from)), mimeType));
            }
            client.completeMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(id)
                    .multipartUpload(done -> done.parts(parts)).overrideConfiguration(checksums()));
        } catch (IOException | RuntimeException e) {
            try {
                begun.abort(key, id);
            } catch (SdkException notNow) {
                e.addSuppressed(notNow);
            }
            throw e;
        }
    }

    /** A store that was told of checksums wants each part's again at the end. */
    private CompletedPart part(String key, String id, int number, FilePart part, String mimeType) throws IOException {
        String sha256 = checked ? Base64.getEncoder().encodeToString(part.sha256()) : null;
        String etag = client.uploadPart(request -> request.bucket(bucket).key(key).uploadId(id).partNumber(number)
                        .contentLength(part.length()).checksumSHA256(sha256).overrideConfiguration(checksums()),
                RequestBody.fromContentProvider(part::open, part.length(), mimeType)).eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).checksumSHA256(sha256).build();
    }

    private AwsRequestOverrideConfiguration checksums() {
        return checked ? AwsRequestOverrideConfiguration.builder().build() : S3Checksums.without(Optional.empty());
    }
}
