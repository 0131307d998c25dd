package io.github.venicevideo.consent;

import io.github.venicevideo.api.AttestedMedium;
import java.util.Optional;

/**
 * A medium of a request.
 *
 * @param field where it stands, such as {@code reference_image_urls[1]}
 * @param role the provider's word for that place, such as {@code reference_image}; empty where it has none
 * @param name its file's name; for a URL the host, since the rest may be a secret
 * @param sha256 of its bytes; empty for a URL, whose bytes nobody here has seen
 */
record FaceMedium(String field, String role, String name, Optional<String> sha256) {

    AttestedMedium attested() {
        return new AttestedMedium(sha256, name);
    }
}
