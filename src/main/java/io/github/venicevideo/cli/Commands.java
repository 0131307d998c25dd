package io.github.venicevideo.cli;

import io.github.venicevideo.assembly.Assembly;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import java.util.List;
import java.util.Optional;

/** What the program can be asked to do instead of running. */
public final class Commands {

    public static final List<Command> ALL = List.of(new Validate(Assembly.systemClock()),
            new StatusCommand(Assembly.systemClock()), new JobsCommand(),
            new WhyCommand(Assembly.systemClock()), new SpendCommand(Assembly.systemClock()), new SettingsCommand(), new BackupCommand(),
            new ModelsCommand(Assembly.systemClock()), new ConsentsCommand(),
            new ForgetCommand(ForgetTarget.Kind.JOB, Assembly.systemClock()),
            new ForgetCommand(ForgetTarget.Kind.MEDIUM, Assembly.systemClock()),
            new ForgetCommand(ForgetTarget.Kind.PERSON, Assembly.systemClock()));

    private Commands() {
    }

    static Optional<Command> find(String option) {
        return ALL.stream().filter(command -> command.option().equals(option)).findFirst();
    }
}
