package io.github.venicevideo;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server on a folder, which checks signatures. */
public final class S3Server implements AutoCloseable {

    public static final String KEY = "local-identity";
    public static final String SECRET = "local-credential";

    private final S3Proxy proxy;

    private S3Server(S3Proxy proxy) {
        this.proxy = proxy;
    }

    public static S3Server start(Path folder) throws Exception {
        return start(folder, 0);
    }

    /** The same on a port that a server had before. */
    public static S3Server start(Path folder, int port) throws Exception {
        Files.createDirectories(folder);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                .build();
        proxy.start();
        return new S3Server(proxy);
    }

    public int port() {
        return proxy.getPort();
    }

    /** A client of this server, for what a test puts there and looks for. */
    public S3Client client() {
        return S3Client.builder().endpointOverride(URI.create("http://127.0.0.1:" + port())).forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET))).build();
    }

    /** A destination in this server. */
    public String endpoint(String bucket, String secret) {
        return "aws2-s3://" + bucket + "?accessKey=" + KEY + "&secretKey=" + secret + "&region=us-east-1"
                + "&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride=http://127.0.0.1:" + proxy.getPort();
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
