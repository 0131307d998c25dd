package io.github.venicevideo.assembly;

import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Binds what the routes name, each under its name; a bean of a host that is there under that name is taken instead. */
public record Beans(CamelContext context) {

    public <T> T bind(String name, Class<T> type, Supplier<T> ours) {
        T there = context.getRegistry().lookupByNameAndType(name, type);
        if (there != null) {
            return there;
        }
        T made = ours.get();
        context.getRegistry().bind(name, made);
        return made;
    }
}
