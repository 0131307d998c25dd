package io.github.venicevideo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A real S3 server on a folder, which checks signatures and checksums; it can be stopped and started again. */
public final class S3Server implements AutoCloseable {

    public static final String KEY = "local-identity";
    public static final String SECRET = "local-credential";

    private final Path folder;
    private final int port;
    private S3Proxy proxy;

    private S3Server(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** A server that is up. */
    public static S3Server start(Path folder) throws Exception {
        return down(folder).up();
    }

    /** The same on a port that a server had before. */
    public static S3Server start(Path folder, int port) throws Exception {
        Files.createDirectories(folder);
        return new S3Server(folder, port).up();
    }

    /** A server that is not up yet. */
    public static S3Server down(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new S3Server(folder, FreePort.take());
    }

    public S3Server up() throws Exception {
        proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                .build();
        proxy.start();
        return this;
    }

    public void stop() throws Exception {
        proxy.stop();
        proxy = null;
    }

    public int port() {
        return port;
    }

    /** Makes a bucket. */
    public S3Server bucket(String bucket) throws IOException {
        Files.createDirectories(folder.resolve(bucket));
        return this;
    }

    /** A destination in this server. */
    public String endpoint(String bucket, String secret) {
        return endpoint(bucket, secret, port);
    }

    /** A destination in this server that is reached by another port. */
    public static String endpoint(String bucket, String secret, int port) {
        return "aws2-s3://" + bucket + "?accessKey=" + KEY + "&secretKey=RAW(" + secret + ")&region=us-east-1"
                + "&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride=http://127.0.0.1:" + port;
    }

    /** A client of this server, for what a test puts there and looks for. */
    public S3Client client() {
        return S3Client.builder().region(Region.US_EAST_1).forcePathStyle(true)
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET))).build();
    }

    public List<String> keys(String bucket) {
        try (S3Client client = client()) {
            return client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream().map(S3Object::key)
                    .sorted().toList();
        }
    }

    public HeadObjectResponse head(String bucket, String key) {
        try (S3Client client = client()) {
            return client.headObject(head -> head.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED));
        }
    }

    public byte[] bytes(String bucket, String key) {
        try (S3Client client = client()) {
            return client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray();
        }
    }

    /** Keys of uploads in parts that were begun and neither completed nor removed. */
    public List<String> uploads(String bucket) {
        try (S3Client client = client()) {
            return client.listMultipartUploads(list -> list.bucket(bucket)).uploads().stream().map(upload -> upload.key())
                    .toList();
        }
    }

    @Override
    public void close() {
        try {
            if (proxy != null) {
                proxy.stop();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
