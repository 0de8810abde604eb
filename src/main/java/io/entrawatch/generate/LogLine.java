package io.entrawatch.generate;

/**
 * A record on its way into a file.
 *
 * @param file which of the files
 * @param exportedMillis when Entra exported it; lines are in this order
 */
record LogLine(File file, long exportedMillis, String json) {

    enum File {
        SIGN_INS("signins.ndjson"),
        AUDIT("audit.ndjson"),
        RISK("risk.ndjson"),
        SNAPSHOTS("snapshots.ndjson"),
        AZURE("azure.ndjson");

        private final String fileName;

        File(String fileName) {
            this.fileName = fileName;
        }

        String fileName() {
            return fileName;
        }
    }
}
