package io.github.venicevideo.poll;

/**
 * What a look at a downloaded file found.
 *
 * @param whole whether every box of the MP4 is there to its end
 * @param problem why not, in a sentence for people; empty where it is whole
 * @param bytes size of the file
 * @param durationMs length of the clip in milliseconds; 0 where the file does not say
 * @param width of the picture in pixels; 0 where the file does not say
 * @param height of the picture in pixels; 0 where the file does not say
 */
public record Mp4Facts(boolean whole, String problem, long bytes, long durationMs, int width, int height) {

    static Mp4Facts broken(long bytes, String problem) {
        return new Mp4Facts(false, problem, bytes, 0, 0, 0);
    }
}
