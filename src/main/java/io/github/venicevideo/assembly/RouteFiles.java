package io.github.venicevideo.assembly;

import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Loads route files: the packaged ones, or those of a folder that takes their place whole.
 *
 * @param folder {@code venice.routes.dir}
 */
public record RouteFiles(CamelContext context, Optional<Path> folder) {

    /** The error handlers. */
    public static final String ERRORS = "errors.camel.yaml";
    /** The templates by which the API is called. */
    public static final String CALLS = "calls.camel.yaml";
    /** What a host's own routes call. */
    public static final String HOST = "host.camel.yaml";
    /** Where bundles come from, other than drop folders. */
    public static final String SOURCES = "sources.camel.yaml";
    public static final String CONSOLE = "console.camel.yaml";
    /** The stages, which are always loaded. */
    private static final List<String> STAGES = List.of("1-intake.camel.yaml", "2-submit.camel.yaml", "3-consent.camel.yaml",
            "4-poll.camel.yaml", "5-deliver.camel.yaml");

    /** All of them, in the order in which they are loaded. */
    public static final List<String> ALL = Stream.of(List.of(ERRORS, CALLS), STAGES, List.of(HOST, SOURCES, CONSOLE))
            .flatMap(List::stream).toList();

    private static final String PACKAGED = "classpath:venice-video/routes/";

    public static RouteFiles of(CamelContext context, Settings settings) {
        return new RouteFiles(context, settings.text("venice.routes.dir").map(Path::of));
    }

    public void load(List<String> names) throws Exception {
        if (folder.isPresent()) {
            for (String name : names) {
                checkVersion(folder.get(), name);
            }
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(names.stream().map(this::resource).toList());
    }

    /** @throws InvalidSettingException when a folder of route files is set, and does not hold them all */
    public static void check(Settings settings) {
        settings.text("venice.routes.dir").ifPresent(folder -> ALL.stream()
                .filter(name -> !Files.isRegularFile(Path.of(folder).resolve(name))).findFirst().ifPresent(name -> {
                    throw new InvalidSettingException("venice.routes.dir", folder,
                            "a folder that holds all of " + ALL + "; " + name + " is not there");
                }));
    }

    private void checkVersion(Path folder, String name) throws IOException {
        new RouteFileCheck(bean -> Optional.ofNullable(context.getRegistry().lookupByName(bean)).map(Object::getClass))
                .problem(Files.readString(folder.resolve(name))).ifPresent(problem -> {
                    throw new InvalidSettingException("venice.routes.dir", folder.toString(), "route files of this version, but "
                            + name + " is not: " + problem + ". Take the packaged file of this version, and make your change in it again");
                });
    }

    private Resource resource(String name) {
        return ResourceHelper.resolveResource(context,
                folder.map(path -> "file:" + path.resolve(name)).orElse(PACKAGED + name));
    }
}
