package io.github.venicevideo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.impl.engine.DefaultFactoryFinder;
import org.apache.camel.spi.FactoryFinder;

/**
 * Looks for Camel's own service files once for all contexts of a JVM: each of the many that are not there is otherwise looked
 * for, by every context again, in each of the three hundred jars of the tests.
 */
final class RememberingClassResolver extends DefaultClassResolver {

    private static final String SERVICES = "META-INF/services/org/apache/camel/";
    /** What cannot change while a JVM runs. */
    private static final Map<String, Optional<byte[]>> SEEN = new ConcurrentHashMap<>();

    private RememberingClassResolver(CamelContext context) {
        super(context);
    }

    /** In place of the context's own, also in what was made with that one. */
    static void into(CamelContext context) {
        RememberingClassResolver resolver = new RememberingClassResolver(context);
        context.setClassResolver(resolver);
        ExtendedCamelContext extension = context.getCamelContextExtension();
        extension.setBootstrapFactoryFinder(new DefaultFactoryFinder(resolver, FactoryFinder.DEFAULT_PATH));
        extension.setDefaultFactoryFinder(new DefaultFactoryFinder(resolver, FactoryFinder.DEFAULT_PATH));
    }

    @Override
    public InputStream loadResourceAsStream(String uri) {
        if (!uri.startsWith(SERVICES)) {
            return super.loadResourceAsStream(uri);
        }
        return SEEN.computeIfAbsent(uri, this::load).map(ByteArrayInputStream::new).orElse(null);
    }

    private Optional<byte[]> load(String uri) {
        try (InputStream in = super.loadResourceAsStream(uri)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
