package io.github.venicevideo;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.venicevideo.assembly.Assembly;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The design's import rules. */
@AnalyzeClasses(packages = "io.github.venicevideo")
class ArchitectureTest {

    private static final String ROOT = "io.github.venicevideo";
    private static final String[] STAGES = packages("intake", "submit", "consent", "poll", "deliver");
    private static final int MOST_CLASSES = 40;

    /** What each package may use of the others, lowest first; itself always, and "" is the root. */
    private static final Map<String, String> MAY_USE = Map.ofEntries(
            Map.entry("api", ""),
            Map.entry("home.foreign", ""),
            Map.entry("sandbox.call", ""),
            Map.entry("venice", ""),
            Map.entry("sandbox.clip", "sandbox.call"),
            Map.entry("sandbox.fault", "sandbox.call"),
            Map.entry("venice.answer", "venice"),
            Map.entry("venice.endpoint", "venice"),
            Map.entry("venice.request", "venice"),
            Map.entry("s3", "venice.endpoint"),
            Map.entry("intake.media", "venice.request"),
            Map.entry("sandbox.wire", "sandbox.call sandbox.fault"),
            Map.entry("venice.catalogue", "venice venice.answer"),
            Map.entry("venice.client", "venice venice.answer venice.request"),
            Map.entry("sandbox.api", "sandbox.call sandbox.clip sandbox.wire"),
            Map.entry("settings", "api venice venice.client venice.endpoint"),
            Map.entry("home.drop", "api settings"),
            Map.entry("sandbox", "sandbox.api sandbox.call sandbox.clip sandbox.fault sandbox.wire"),
            Map.entry("home", "home.drop home.foreign venice"),
            Map.entry("intake.problem", "home venice.request"),
            Map.entry("ledger.store", "home"),
            Map.entry("log", "home venice"),
            Map.entry("intake.names", "home intake.problem"),
            Map.entry("ledger.job", "api home ledger.store venice venice.answer venice.request"),
            Map.entry("intake.draft", "intake.media intake.names intake.problem"),
            Map.entry("ledger.consent", "api ledger.job ledger.store venice"),
            Map.entry("ledger.mend", "api home ledger.job ledger.store venice venice.request"),
            Map.entry("ledger.remote", "ledger.job ledger.store venice"),
            Map.entry("intake.rules", "home.drop intake.draft intake.media intake.problem settings venice venice.catalogue"
                    + " venice.request"),
            Map.entry("ledger.forget", "api ledger.consent ledger.job ledger.remote ledger.store venice.request"),
            Map.entry("intake.bundle", "home home.drop intake.draft intake.media intake.names intake.problem intake.rules"
                    + " settings venice.catalogue venice.request"),
            Map.entry("ledger", "api home home.drop ledger.consent ledger.forget ledger.job ledger.mend ledger.remote"
                    + " ledger.store"),
            Map.entry("erasure", "home ledger ledger.forget ledger.job ledger.remote settings venice.request"),
            Map.entry("intake", "api home home.drop intake.bundle intake.draft intake.names intake.problem intake.rules ledger"
                    + " ledger.job settings venice venice.endpoint venice.request"),
            Map.entry("ledger.limit", "ledger settings venice.answer venice.client"),
            Map.entry("ledger.work", "ledger ledger.job ledger.mend venice venice.endpoint"),
            Map.entry("consent", "api home home.drop ledger ledger.consent ledger.job ledger.remote ledger.work settings venice"
                    + " venice.answer venice.client venice.endpoint venice.request"),
            Map.entry("console", "api erasure home home.drop ledger ledger.consent ledger.forget ledger.job ledger.limit"
                    + " ledger.remote ledger.store settings venice venice.answer venice.client venice.endpoint"),
            Map.entry("deliver", "api home ledger ledger.job ledger.remote ledger.work s3 settings venice venice.answer"
                    + " venice.client venice.endpoint venice.request"),
            Map.entry("intake.source", "api home home.drop intake intake.media intake.names intake.problem ledger ledger.job"
                    + " ledger.remote s3 settings venice venice.endpoint"),
            Map.entry("poll", "api home ledger ledger.job ledger.limit ledger.work settings venice venice.answer venice.client"),
            Map.entry("submit", "home home.drop ledger ledger.consent ledger.job ledger.limit ledger.remote ledger.work s3 settings"
                    + " venice venice.answer venice.catalogue venice.endpoint venice.request"),
            Map.entry("assembly", "api consent console deliver erasure home home.drop intake intake.bundle intake.rules"
                    + " intake.source ledger ledger.job ledger.limit ledger.work poll s3 settings submit venice venice.catalogue"
                    + " venice.client venice.endpoint"),
            Map.entry("", "api assembly settings"),
            Map.entry("cli", " api assembly consent console erasure home home.drop intake.bundle intake.draft intake.problem"
                    + " intake.rules intake.source ledger ledger.consent ledger.forget ledger.job ledger.remote ledger.store"
                    + " sandbox sandbox.call settings submit venice venice.answer venice.catalogue venice.client venice.endpoint"
                    + " venice.request"));

    private static final Set<String> CLOCKS = Set.of("now", "currentTimeMillis", "system", "systemUTC",
            "systemDefaultZone", "tick", "tickMillis", "tickSeconds", "tickMinutes");

    @ArchTest
    void aStageDependsOnNoOtherStageAndNotOnTheSandbox(JavaClasses all) {
        JavaClasses main = mainOf(all);
        for (String stage : STAGES) {
            String[] others = Stream.concat(Stream.of(STAGES).filter(other -> !other.equals(stage)),
                    Stream.of(packages("sandbox", "console"))).toArray(String[]::new);
            noClasses().that().resideInAPackage(stage)
                    .should().dependOnClassesThat().resideInAnyPackage(others)
                    .check(main);
            noClasses().that().resideOutsideOfPackages(stage, ROOT, ROOT + ".assembly..", ROOT + ".cli..")
                    .should().dependOnClassesThat().resideInAPackage(stage)
                    .because("only routes name a stage's beans, and only the assembly its types")
                    .check(main);
        }
    }

    @ArchTest
    void whatStagesShareDependsOnNoStage(JavaClasses all) {
        noClasses().that().resideInAnyPackage(packages("api", "ledger", "venice", "home", "settings"))
                .should().dependOnClassesThat(resideInAnyPackage(STAGES).or(resideInAnyPackage(packages("sandbox"))))
                .check(mainOf(all));
    }

    @ArchTest
    void whatHostsUseNeedsNothingElseOfUs(JavaClasses all) {
        noClasses().that().resideInAPackage(ROOT + ".api..")
                .should().dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(resideOutsideOfPackage(ROOT + ".api..")))
                .check(mainOf(all));
    }

    @ArchTest
    void whatIsPromisedNamesNothingElseOfUs(JavaClasses all) {
        methods().that().arePublic().and().areDeclaredInClassesThat().resideInAnyPackage(ROOT, ROOT + ".api")
                .should(new ArchCondition<>("name nothing internal") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        method.getAllInvolvedRawTypes().stream().filter(type -> type.getPackageName().startsWith(ROOT + "."))
                                .filter(type -> !type.getPackageName().equals(ROOT + ".api"))
                                .forEach(type -> events.add(SimpleConditionEvent.violated(method, method.getFullName() + " names " + type)));
                    }
                }).check(mainOf(all));
    }

    @ArchTest
    void everyPackageUsesOnlyWhatItMay(JavaClasses all) {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass type : mainOf(all)) {
            Set<String> others = used.computeIfAbsent(room(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream().map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT)).map(ArchitectureTest::room).forEach(others::add);
        }

        assertThat(used.keySet()).containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
        assertThat(used).allSatisfy((room, others) -> {
            others.remove(room);
            assertThat(List.of(MAY_USE.get(room).split(" ", -1))).as("what %s may use", room).containsAll(others);
        });
    }

    @ArchTest
    void noPackagesUseEachOther(JavaClasses all) {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(mainOf(all));
    }

    @ArchTest
    void aPackageCanBeKnownByHeart(JavaClasses all) {
        Map<String, Long> classes = mainOf(all).stream().filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(ArchitectureTest::room, Collectors.counting()));

        assertThat(classes).allSatisfy((room, count) -> assertThat(count).as("classes in %s", room).isLessThanOrEqualTo(MOST_CLASSES));
    }

    @ArchTest
    void everyPackageButTheApiSaysThatItIsInternal(JavaClasses all) throws IOException {
        for (String room : new TreeSet<>(MAY_USE.keySet())) {
            Path about = Path.of("src/main/java", (room.isEmpty() ? ROOT : ROOT + "." + room).split("[.]")).resolve("package-info.java");
            assertThat(Files.readString(about)).as(room)
                    .contains(room.isEmpty() || room.equals("api") ? "This is what is promised to hosts" : "Internal: ");
        }
    }

    @ArchTest
    void nothingDependsOnTheProgram(JavaClasses all) {
        noClasses().that().resideOutsideOfPackage(ROOT + ".cli..")
                .should().dependOnClassesThat().resideInAPackage(ROOT + ".cli..")
                .check(mainOf(all));
    }

    @ArchTest
    void theSandboxKnowsNothingOfUs(JavaClasses all) {
        noClasses().that().resideInAPackage(ROOT + ".sandbox..")
                .should().dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(resideOutsideOfPackage(ROOT + ".sandbox..")))
                .check(mainOf(all));
    }

    @ArchTest
    void onlyTheLedgerKnowsSql(JavaClasses all) {
        noClasses().that().resideOutsideOfPackage(ROOT + ".ledger..")
                .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..",
                        "org.flywaydb..", "com.zaxxer.hikari..", "org.sqlite..")
                .check(mainOf(all));
    }

    @ArchTest
    void nobodyAsksTheMachineForTheTimeButWhereTheClockIsBound(JavaClasses all) {
        noClasses().that(describe("have no clock to bind", type -> !type.isEquivalentTo(Assembly.class)
                        && !type.isEquivalentTo(SandboxOptions.class)))
                .should().accessTargetWhere(readsTheMachinesClock())
                .orShould().callConstructor(java.util.Date.class)
                .check(mainOf(all));
    }

    @ArchTest
    static final ArchRule NOTHING_SLEEPS = noClasses()
            .should().accessTargetWhere(describe("Thread.sleep", (JavaAccess<?> access) ->
                    access.getTarget().getOwner().isEquivalentTo(Thread.class)
                            && access.getTarget().getName().equals("sleep")))
            .because("a test that sleeps is slow on every machine and wrong on a slow one");

    @ArchTest
    void onlyTheProgramItselfPrints(JavaClasses all) {
        noClasses().that().resideOutsideOfPackage(ROOT + ".cli")
                .should().accessField(System.class, "out").orShould().accessField(System.class, "err")
                .check(mainOf(all));
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheMachinesClock() {
        return describe("reads the machine's clock", access -> {
            AccessTarget target = access.getTarget();
            JavaClass owner = target.getOwner();
            return CLOCKS.contains(target.getName()) && access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget unit
                    && unit.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class))
                    && (owner.getPackageName().equals("java.time") || owner.isEquivalentTo(System.class));
        });
    }

    private static JavaClasses mainOf(JavaClasses all) {
        return all.that(describe("are no tests", type -> type.getSource()
                .map(source -> new ImportOption.DoNotIncludeTests().includes(
                        Location.of(source.getUri())))
                .orElse(true)));
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    private static String[] packages(String... names) {
        return Stream.of(names).map(name -> ROOT + "." + name + "..").toArray(String[]::new);
    }
}
