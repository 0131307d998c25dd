package io.github.venicevideo.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What a request costs: seconds, times the model's price, times a factor for its size. */
final class Prices {

    private static final Map<String, Integer> PERCENT = Map.ofEntries(
            Map.entry("256p", 50), Map.entry("360p", 75), Map.entry("480p", 100), Map.entry("540p", 120),
            Map.entry("580p", 130), Map.entry("720p", 200), Map.entry("768P", 200), Map.entry("1080p", 400),
            Map.entry("true_1080p", 450), Map.entry("1440p", 600), Map.entry("2K", 600), Map.entry("2160p", 900),
            Map.entry("4k", 900), Map.entry("2x", 200), Map.entry("4x", 400));
    private static final int DEFAULT_SECONDS = 5;
    private static final int AUTO_SECONDS = 8;

    private Prices() {
    }

    /**
     * @param request pricing inputs: of a quote, or of a queue request
     * @param referenceVideoSeconds sum of the lengths of the reference clips; they cost as much as what is made. Of
     *     upscaling, the length of the clip
     * @return micro-dollars
     */
    static long micros(Model model, JsonNode request, double referenceVideoSeconds) {
        boolean measured = model.strict() && model.family() == Model.Family.UPSCALE && referenceVideoSeconds > 0;
        double seconds = (measured ? 0 : seconds(request.path("duration").asText(""))) + referenceVideoSeconds;
        int percent = model.family() == Model.Family.UPSCALE ? 100 * request.path("upscale_factor").asInt(2)
                : PERCENT.getOrDefault(request.path("resolution").asText("720p"), 200);
        long price = Math.round(model.perSecondMicros() * seconds * percent / 100);
        boolean silent = model.audioConfigurable() && !request.path("audio").asBoolean(true);
        return silent ? price * 3 / 4 : price;
    }

    /** Length of a {@code duration} value in seconds. */
    static int seconds(String duration) {
        if (duration.matches("\\d+s?")) {
            return Integer.parseInt(duration.replace("s", ""));
        }
        return duration.isEmpty() || duration.equals("1 gen") ? DEFAULT_SECONDS : AUTO_SECONDS;
    }
}
