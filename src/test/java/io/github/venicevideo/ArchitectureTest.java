package io.github.venicevideo;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.venicevideo.sandbox.call.SandboxOptions;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Stream;

/** The design's import rules. */
@AnalyzeClasses(packages = "io.github.venicevideo")
class ArchitectureTest {

    private static final String ROOT = "io.github.venicevideo";
    private static final String[] STAGES = packages("intake", "submit", "consent", "poll", "deliver");
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
            classes().that().resideInAPackage(stage)
                    .should().onlyHaveDependentClassesThat().resideInAnyPackage(stage, ROOT)
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
    void aConsentStoreNeedsNothingOfUsButItsContract(JavaClasses all) {
        noClasses().that().resideInAPackage(ROOT + ".api..")
                .should().dependOnClassesThat(resideInAPackage(ROOT + "..")
                        .and(resideOutsideOfPackage(ROOT + ".api..")))
                .check(mainOf(all));
    }

    @ArchTest
    void nothingDependsOnTheAssembly(JavaClasses all) {
        noClasses().that().resideOutsideOfPackage(ROOT)
                .should().dependOnClassesThat().resideInAPackage(ROOT)
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
        noClasses().that(describe("have no clock to bind", type -> !type.isEquivalentTo(VeniceVideo.class)
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
        noClasses().that().resideOutsideOfPackage(ROOT)
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

    private static String[] packages(String... names) {
        return Stream.of(names).map(name -> ROOT + "." + name + "..").toArray(String[]::new);
    }
}
