package io.entrawatch.generate;

/**
 * An account of the tenant.
 *
 * @param habit what it does beside working
 */
record Person(
        String id, String principalName, String displayName, City home, String address, String deviceId, Habit habit) {

    enum Habit {
        OFFICE,
        /** Sometimes a few days in another city. */
        TRAVELS,
        /** Sometimes behind the company's VPN, which leaves the network in another country. */
        VPN,
        /** A program that signs in by itself, from two regions of a cloud. */
        SERVICE,
        /** Kept for the attacks and near misses, so that nothing else explains what happens to it. */
        RESERVED
    }
}
