package io.github.venicevideo;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A real S3 server on a folder, which checks signatures. */
final class S3Server implements AutoCloseable {

    static final String KEY = "local-identity";
    static final String SECRET = "local-credential";

    private final S3Proxy proxy;

    private S3Server(S3Proxy proxy) {
        this.proxy = proxy;
    }

    static S3Server start(Path folder) throws Exception {
        Files.createDirectories(folder);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                .build();
        proxy.start();
        return new S3Server(proxy);
    }

    /** A destination in this server. */
    String endpoint(String bucket, String secret) {
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
