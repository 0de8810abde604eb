package io.entrawatch.engine.compare;

/** The few tail probabilities that the comparison of counts needs. */
final class Probability {

    private Probability() {}

    /** P(X >= successes) for X binomial with n trials. */
    static double binomialTail(long successes, long trials, double probability) {
        double sum = 0;
        double term = Math.exp(logBinomial(trials, successes)
                + successes * Math.log(probability)
                + (trials - successes) * Math.log1p(-probability));
        for (long k = successes; k <= trials; k++) {
            sum += term;
            term *= (trials - k) / (k + 1.0) * probability / (1 - probability);
        }
        return Math.min(1, sum);
    }

    private static double logBinomial(long n, long k) {
        double log = 0;
        long smaller = Math.min(k, n - k);
        for (long i = 1; i <= smaller; i++) {
            log += Math.log((double) (n - smaller + i)) - Math.log((double) i);
        }
        return log;
    }

    /** P(Z >= z) of the standard normal distribution, by Simpson's rule; exact to more than six digits up to z = 8. */
    static double normalTail(double z) {
        int steps = 2_000;
        double end = Math.max(z, 0) + 12;
        double width = (end - z) / steps;
        double sum = density(z) + density(end);
        for (int i = 1; i < steps; i++) {
            sum += density(z + i * width) * (i % 2 == 0 ? 2 : 4);
        }
        return sum * width / 3;
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
