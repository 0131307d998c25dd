package io.github.venicevideo.assembly;

import io.github.venicevideo.console.ConsoleAnswer;
import io.github.venicevideo.console.ConsoleGuard;
import io.github.venicevideo.console.ConsoleToken;
import io.github.venicevideo.console.ForgetCalls;
import io.github.venicevideo.console.Health;
import io.github.venicevideo.console.ReportCalls;
import io.github.venicevideo.erasure.Erasure;
import java.util.Optional;

/** The beans of the console. */
public final class ConsoleBeans {

    private ConsoleBeans() {
    }

    public static void bind(Beans beans, SharedBeans shared, Optional<ConsoleToken> token) {
        beans.bind("veniceConsoleGuard", ConsoleGuard.class, () -> new ConsoleGuard(token));
        beans.bind("veniceConsoleAnswer", ConsoleAnswer.class, ConsoleAnswer::new);
        beans.bind("veniceConsoleHealth", Health.class, () -> new Health(shared.context, shared.healthChecks, token.isPresent()));
        beans.bind("veniceForgetCalls", ForgetCalls.class,
                () -> new ForgetCalls(new Erasure(shared.home, shared.ledger, shared.settings)));
        beans.bind("veniceReportCalls", ReportCalls.class, () -> new ReportCalls(shared.ledger));
    }
}
