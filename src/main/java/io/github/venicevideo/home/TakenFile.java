package io.github.venicevideo.home;

/**
 * One file as it was copied in.
 *
 * @param sha256 of exactly the bytes of the copy, in lower-case hexadecimal
 * @param bytes how many they are
 */
public record TakenFile(String sha256, long bytes) {
}
