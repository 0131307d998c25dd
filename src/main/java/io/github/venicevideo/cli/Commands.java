package io.github.venicevideo.cli;

import io.github.venicevideo.VeniceVideo;
import io.github.venicevideo.ledger.forget.ForgetTarget;
import java.util.List;
import java.util.Optional;

/** What the program can be asked to do instead of running. */
public final class Commands {

    public static final List<Command> ALL = List.of(new Validate(VeniceVideo.systemClock()),
            new StatusCommand(VeniceVideo.systemClock()), new JobsCommand(),
            new WhyCommand(VeniceVideo.systemClock()), new SpendCommand(VeniceVideo.systemClock()), new SettingsCommand(), new BackupCommand(),
            new ModelsCommand(VeniceVideo.systemClock()), new ConsentsCommand(),
            new ForgetCommand(ForgetTarget.Kind.JOB, VeniceVideo.systemClock()),
            new ForgetCommand(ForgetTarget.Kind.MEDIUM, VeniceVideo.systemClock()),
            new ForgetCommand(ForgetTarget.Kind.PERSON, VeniceVideo.systemClock()));

    private Commands() {
    }

    static Optional<Command> find(String option) {
        return ALL.stream().filter(command -> command.option().equals(option)).findFirst();
    }
}
