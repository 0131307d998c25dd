package io.github.venicevideo.settings;

/**
 * Which API this program speaks to.
 *
 * @param name remembered with each job, so that a job is never asked about elsewhere; {@code sandbox} for ours
 * @param url base URL, without a slash at its end
 */
public record Api(String name, String url) {

    /** The name that jobs of the sandbox bear, wherever it listens. */
    public static final String SANDBOX = "sandbox";

    /** An API known by its address. */
    public static Api at(String url) {
        String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return new Api(plain, plain);
    }

    /** Whether it is make-believe. */
    public boolean isSandbox() {
        return name.equals(SANDBOX);
    }
}
