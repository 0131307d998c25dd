package io.github.venicevideo.erasure;

import io.github.venicevideo.home.Home;
import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import io.github.venicevideo.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Forgets a person up to a step, says {@code AT}, and waits to be killed; says {@code THROUGH} when there was no such step. */
public final class ForgetUntil {

    private static final Duration LIFE = Duration.ofMinutes(1);

    private ForgetUntil() {
    }

    /** @param arguments the home, the name, how many steps are done */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        int last = Integer.parseInt(arguments[2]);
        Ledger ledger = new Ledger(home.resolve(".ledger"), Clock.systemUTC());
        ledger.start();
        List<Erasing.Step> steps = new Erasure(Home.at(home), ledger, Settings.packaged())
                .begin(new ForgetTarget(ForgetTarget.Kind.PERSON, arguments[1])).steps();
        for (int i = 0; i < Math.min(last, steps.size()); i++) {
            steps.get(i).run();
        }
        System.out.println(last < steps.size() ? "AT" : "THROUGH");
        System.out.flush();
        new CountDownLatch(1).await(LIFE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
