package io.github.venicevideo.ledger.consent;

import io.github.venicevideo.api.Attestation;
import io.github.venicevideo.api.AttestedMedium;
import io.github.venicevideo.api.Policy;
import io.github.venicevideo.api.Revocation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Attestations, uses and revocations of made-up people. */
public final class Consents {

    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static final List<String> CONFIRMED = List.of("confirmed_legal_right");

    private Consents() {
    }

    public static Attestation attestation(String id, Attestation.Kind kind, String by, Optional<Instant> until, String... media) {
        return new Attestation(id, kind, by, NOW, "seedance", Optional.of(Policy.hashOf("text")), CONFIRMED, media(media),
                Optional.of("job"), Optional.of("portrait"), Attestation.Way.FILE, Optional.of("Release 4711"), until);
    }

    public static Attestation given(String id, String by, String... media) {
        return attestation(id, Attestation.Kind.GIVEN, by, Optional.empty(), media);
    }

    public static ConsentUse use(String job, String attestation, Instant at, String... media) {
        return new ConsentUse(job, at, 0, attestation, Optional.of("Ada Lovelace"), "seedance",
                Optional.of(Policy.hashOf("text")), CONFIRMED, media(media), true);
    }

    public static Revocation revocation(String id, Instant at, Revocation.Scope scope, String target) {
        return new Revocation(id, at, "Eve", scope, target, Optional.of("asked to"));
    }

    /** The SHA-256 of a medium that is named by one character. */
    public static String sha(String name) {
        return name.repeat(64);
    }

    private static List<AttestedMedium> media(String... names) {
        return Arrays.stream(names).map(name -> new AttestedMedium(Optional.of(sha(name)), name + ".png")).toList();
    }
}
