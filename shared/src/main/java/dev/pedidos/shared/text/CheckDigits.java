package dev.pedidos.shared.text;

/** The two check digits at the end of a CPF and of a CNPJ. */
public final class CheckDigits {
    private static final int CPF_LENGTH = 11;
    private static final int CNPJ_LENGTH = 14;
    private static final int CNPJ_LARGEST_WEIGHT = 9;

    private CheckDigits() {}

    /** @param number without marks, letters in upper case */
    public static boolean fit(String number) {
        return switch (number.length()) {
            case CPF_LENGTH -> fit(number, CPF_LENGTH);
            case CNPJ_LENGTH -> fit(number, CNPJ_LARGEST_WEIGHT);
            default -> false;
        };
    }

    private static boolean fit(String number, int largestWeight) {
        int base = number.length() - 2;
        return number.charAt(base) == digit(number, base, largestWeight)
                && number.charAt(base + 1) == digit(number, base + 1, largestWeight);
    }

    /** The weights rise from the right: 2, 3, 4 ..., and begin again. A letter counts as its ASCII code less 48. */
    private static char digit(String number, int length, int largestWeight) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int weight = 2 + (length - 1 - i) % (largestWeight - 1);
            sum += (number.charAt(i) - '0') * weight;
        }
        int rest = sum % 11;
        return (char) ('0' + (rest < 2 ? 0 : 11 - rest));
    }
}
