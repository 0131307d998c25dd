package io.github.venicevideo.s3;

import io.github.venicevideo.venice.endpoint.EndpointTrouble;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.support.service.ServiceHelper;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Buckets, by the clients of the {@code aws2-s3} endpoints that name them. */
public final class S3Endpoints {

    private static final int GONE = 404;

    private S3Endpoints() {
    }

    /**
     * An endpoint whose client is there.
     *
     * @param setting that has the URI
     * @param uri may hold credentials
     * @throws IllegalArgumentException when it cannot be made; the message holds no secret
     */
    public static AWS2S3Endpoint started(CamelContext context, String setting, String uri) {
        AWS2S3Endpoint endpoint = endpoint(context, setting, uri);
        // While the context is still starting, it puts off what an endpoint does to start; it has no client until then.
        ServiceHelper.startService(endpoint);
        return endpoint;
    }

    /** Camel names an option that it does not know with its value, which may be a secret: so without its exception. */
    private static AWS2S3Endpoint endpoint(CamelContext context, String setting, String uri) {
        try {
            return context.getEndpoint(uri, AWS2S3Endpoint.class);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(EndpointTrouble.using(setting, uri, e));
        }
    }

    /** What a store tells of an object; empty when there is none. */
    public static Optional<HeadObjectResponse> head(S3Client client, Consumer<HeadObjectRequest.Builder> object) {
        try {
            return Optional.of(client.headObject(object));
        } catch (S3Exception e) {
            if (e.statusCode() == GONE) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
