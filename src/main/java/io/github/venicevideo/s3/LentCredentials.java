package io.github.venicevideo.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/**
 * Somebody else's credentials, for a presigner, which closes with itself what it is given: those of a role are fetched over
 * a connection of their own, and would never be fetched again.
 *
 * @param owned stays open
 */
public record LentCredentials<T extends AwsCredentialsIdentity>(IdentityProvider<T> owned) implements IdentityProvider<T> {

    @Override
    public Class<T> identityType() {
        return owned.identityType();
    }

    @Override
    public CompletableFuture<? extends T> resolveIdentity(ResolveIdentityRequest request) {
        return owned.resolveIdentity(request);
    }
}
