package io.github.venicevideo.sandbox.api;

/** What the responsible person has to agree to. */
public record ConsentPolicy(String version, String text) {

    static final ConsentPolicy INITIAL = new ConsentPolicy("v2.0", "SANDBOX POLICY, not a legal text. By submitting "
            + "media that show a person's face you confirm: (1) you accept the terms of service and the privacy "
            + "policy; (2) you have the right to use this person's likeness for this purpose; (3) you understand that "
            + "the media are screened.");
}
