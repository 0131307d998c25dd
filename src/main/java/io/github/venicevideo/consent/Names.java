package io.github.venicevideo.consent;

/** Names from outside, as long as the ledger keeps them. */
final class Names {

    private static final int LONGEST = 400;

    private Names() {
    }

    static String cut(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }
}
