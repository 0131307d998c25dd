package io.github.venicevideo.crash;

import io.github.venicevideo.Station;
import io.github.venicevideo.VeniceVideo;
import io.github.venicevideo.intake.Entrance;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The whole program, with the settings of a file, that stops for ever at given points. It says {@code READY} when it is
 * up, and {@code ANSWER <reference> <body>} to a call that it was told to make.
 */
public final class CrashingProgram {

    /** Key in the settings: points to stop at, see {@link StopPoints}. */
    static final String STOPS = "crash.stops";
    /** Key in the settings: calls to make, each {@code submit|reference|prompt} or {@code generate|reference|prompt}. */
    static final String CALLS = "crash.calls";

    private CrashingProgram() {
    }

    /** @param arguments the settings' file */
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(arguments[0]))) {
            properties.load(in);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        properties.forEach((key, value) -> {
            if (key.toString().startsWith("venice.")) {
                settings.put(key.toString(), value.toString());
            }
        });
        new Timer("end of life", true).schedule(new TimerTask() {
            @Override
            public void run() {
                Runtime.getRuntime().halt(1);
            }
        }, Child.LIFE.toMillis());
        CamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().addInterceptStrategy(new StopPoints(list(properties, STOPS)));
        Station.stageInSmallParts(context);
        VeniceVideo.addTo(context, settings);
        context.start();
        System.out.println("READY");
        System.out.flush();
        ProducerTemplate producer = context.createProducerTemplate();
        for (String call : list(properties, CALLS)) {
            String[] parts = call.split("\\|");
            new Thread(() -> call(producer, parts[0], parts[1], parts[2]), "caller " + parts[1]).start();
        }
        new CountDownLatch(1).await(Child.LIFE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void call(ProducerTemplate producer, String what, String reference, String prompt) {
        Object answer;
        try {
            answer = producer.requestBodyAndHeader("direct:venice-video-" + what, Map.of("prompt", prompt),
                    Entrance.REFERENCE, reference, Object.class);
        } catch (CamelExecutionException e) {
            answer = "FAILED " + e.getCause();
        }
        System.out.println("ANSWER " + reference + " " + answer);
        System.out.flush();
    }

    private static List<String> list(Properties properties, String key) {
        return Arrays.stream(properties.getProperty(key, "").split(";")).filter(part -> !part.isEmpty()).toList();
    }

    /** The file that tells a child what to be. */
    static Path write(Path file, Map<String, String> settings, List<String> stops, List<String> calls)
            throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty(STOPS, String.join(";", stops));
        properties.setProperty(CALLS, String.join(";", calls));
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }
}
