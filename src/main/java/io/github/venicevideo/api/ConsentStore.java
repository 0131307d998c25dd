package io.github.venicevideo.api;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Keeps what people have attested, and says whether it still holds. The one that is bound in the registry as
 * {@code veniceConsentStore} is asked; a company may bind its own, and {@code ConsentStoreContract} in the tests says
 * by running what every store has to hold to.
 *
 * <p>A store never makes anything up: what it answers with was recorded, or was given by a named person elsewhere. It is
 * asked from several threads, and at times for the same thing again: after a crash, every step is taken again from its
 * beginning. What was recorded is durable when a method returns. An exception means "not now": the job waits, is tried
 * again, and nothing is sent in the meantime.
 *
 * <p>So a store that asks somebody else fails closed. A time-out, a 5xx, an answer that is not whole or is about something
 * else is an exception: never {@link Coverage#none()}, which says that nobody has attested anything and has a person asked, and
 * never consent. It bounds its waits, to seconds, since a worker waits with it.
 */
public interface ConsentStore {

    /** The name it is looked up by in the registry. */
    String BEAN = "veniceConsentStore";

    /**
     * Records an attestation. One whose id is known already is left as it is: nothing is ever altered.
     *
     * @throws IllegalArgumentException where it names no person
     */
    void record(Attestation attestation);

    /**
     * Looks media up.
     *
     * <p>Only attestations of the kind {@link Attestation.Kind#GIVEN} count, given under exactly this flow and policy
     * text, not revoked, and not run out. The digests of media are those of their bytes, in lower-case hex.
     *
     * @param at when they are to be used
     */
    Coverage lookUp(String flow, String policyHash, Set<String> sha256, Instant at);

    /**
     * Which of these attestations, of any kind, are neither revoked nor run out; an unknown one is not in force.
     * Taking back one of its media alone does not end an attestation; {@link #lookUp} tells of the medium.
     */
    Set<String> inForce(Collection<String> ids, Instant at);

    /**
     * Whether everything that this person attested was taken back, whatever they have attested since: then no standing
     * attestation of theirs serves.
     */
    boolean isRevoked(String person);

    /**
     * Takes consent back. One whose id is known already changes nothing.
     *
     * @return the attestations that it ended, or of which it ended one medium
     */
    List<Attestation> revoke(Revocation revocation);
}
