package dev.pedidos.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Calls and references whose result depends on the machine's language, or that take digits of every script. */
final class LanguageOfTheMachine {

    private static final Set<String> WITHOUT_TWIN = Set.of(
            "java.lang.String.formatted",
            "java.text.MessageFormat.format",
            "java.text.DecimalFormat.<init>",
            "java.util.Locale.getDefault",
            "java.util.Scanner.<init>");

    private static final Set<String> NUMBERS =
            Set.of("java.lang.Byte", "java.lang.Short", "java.lang.Integer", "java.lang.Long");

    private static final Set<String> READS =
            Set.of("valueOf", "decode", "parseByte", "parseShort", "parseInt", "parseLong");

    private LanguageOfTheMachine() {}

    /** Methods that have a variant with a Locale, and the few that have none. */
    static DescribedPredicate<JavaAccess<?>> formats() {
        return ofCode(
                "follows the default locale",
                target ->
                        WITHOUT_TWIN.contains(target.getOwner().getName() + "." + target.getName()) || hasTwin(target));
    }

    static DescribedPredicate<JavaAccess<?>> readsAnyDigits() {
        return ofCode(
                "reads digits of every script",
                target -> NUMBERS.contains(target.getOwner().getName())
                        && READS.contains(target.getName())
                        && !target.getRawParameterTypes().isEmpty()
                        && target.getRawParameterTypes().getFirst().isEquivalentTo(String.class));
    }

    private static DescribedPredicate<JavaAccess<?>> ofCode(String what, Predicate<CodeUnitAccessTarget> condition) {
        return describe(
                what, access -> access.getTarget() instanceof CodeUnitAccessTarget code && condition.test(code));
    }

    private static boolean hasTwin(CodeUnitAccessTarget target) {
        if (!target.getOwner().getPackageName().startsWith("java.")) {
            return false;
        }
        var given =
                target.getRawParameterTypes().stream().map(JavaClass::getName).toList();
        return !given.contains(Locale.class.getName())
                && ofSameName(target).map(LanguageOfTheMachine::parameters).anyMatch(twin -> isTwin(twin, given));
    }

    private static boolean isTwin(List<String> parameters, List<String> given) {
        var others = new ArrayList<>(parameters);
        return others.remove(Locale.class.getName()) && others.equals(given);
    }

    private static Stream<Executable> ofSameName(CodeUnitAccessTarget target) {
        var owner = target.getOwner().reflect();
        return target.getName().equals("<init>")
                ? Arrays.stream(owner.getConstructors())
                : Arrays.stream(owner.getMethods())
                        .filter(method -> method.getName().equals(target.getName()))
                        .map(Executable.class::cast);
    }

    private static List<String> parameters(Executable executable) {
        return Arrays.stream(executable.getParameterTypes()).map(Class::getName).toList();
    }
}
