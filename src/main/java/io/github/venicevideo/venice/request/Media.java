package io.github.venicevideo.venice.request;

/**
 * One medium of a request that lies in a file of the job's work folder and is put into the body while it is sent.
 *
 * @param field JSON pointer of the request field it fills, such as {@code /image_url} or {@code /elements/0/frontal_image_url}
 * @param path file, relative to the job's work folder, with {@code /} between its parts
 * @param mimeType what the bytes are, whatever the file is called (contract, "Where sources disagree")
 * @param bytes size of the file
 * @param sha256 lower-case hex digest of the medium's own bytes: the file's, or what its data URL decodes to; so the same
 *     picture has the same digest however it was given
 * @param dataUrl whether the file already holds a data URL as text, which is then sent as it is
 */
public record Media(String field, String path, String mimeType, long bytes, String sha256, boolean dataUrl) {
}
