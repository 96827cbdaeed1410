package dev.pedidos.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.util.Set;

/** Calls and references that read the time of day of the machine, which can be set. */
final class ClockOfTheMachine {
    private static final Set<String> WHATEVER_IS_GIVEN = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.time.InstantSource.system",
            "java.util.Calendar.getInstance",
            "java.util.GregorianCalendar.<init>");

    private ClockOfTheMachine() {}

    static DescribedPredicate<JavaAccess<?>> isRead() {
        return describe(
                "reads the wall clock",
                access -> access.getTarget() instanceof CodeUnitAccessTarget code && reads(code));
    }

    private static boolean reads(CodeUnitAccessTarget target) {
        JavaClass owner = target.getOwner();
        return WHATEVER_IS_GIVEN.contains(owner.getName() + "." + target.getName())
                || owner.isEquivalentTo(java.util.Date.class) && isWithoutArguments(target)
                || owner.isEquivalentTo(Clock.class) && target.getName().matches("system.*|tick[A-Z].*")
                || owner.getPackageName().startsWith("java.time")
                        && target.getName().equals("now")
                        && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static boolean isWithoutArguments(CodeUnitAccessTarget target) {
        return target.getName().equals("<init>")
                && target.getRawParameterTypes().isEmpty();
    }
}
