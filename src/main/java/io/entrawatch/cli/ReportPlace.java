package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.entrawatch.report.ReportPage;
import io.entrawatch.yaml.FileReason;

/** Where the page of a scan goes. It takes the place of an earlier page, and of nothing else: a log is not to be had again. */
final class ReportPlace {

    private ReportPlace() {}

    /**
     * @param option that names it
     * @param logs what is to be scanned
     */
    static void check(String option, Path page, List<Path> logs) throws IOException {
        if (Files.isDirectory(page)) {
            throw new UsageException(option + ": " + page + " is a directory (expected: a file)");
        }
        if (!Files.exists(page)) {
            return;
        }
        if (!Files.isRegularFile(page) || (Files.size(page) > 0 && !ReportPage.isPage(page))) {
            throw new UsageException(option + ": " + page
                    + " exists and is not a scan report (expected: a new file or an earlier report)");
        }
        for (Path log : logs) {
            if (Files.isSameFile(page, log)) {
                throw new UsageException(option + ": " + page + " is to be scanned (expected: another file)");
            }
        }
    }

    /**
     * Makes the directory of the page, and tries to write there.
     *
     * @param out an existing directory, where the results go
     */
    static void prepare(Path page, Path out) throws IOException {
        Path around = page.toAbsolutePath().getParent();
        if (around != null) {
            ScanCommand.createDirectory("--report", around);
            if (ScanResult.isOf(out.toRealPath(), around.toRealPath().resolve(page.getFileName()))) {
                throw new UsageException(
                        "--report: " + page + " is one of the results of the scan (expected: another file)");
            }
        }
        try {
            WholeFile.mustBeWritable(page);
        } catch (FileSystemException e) {
            throw new UsageException("--report: " + page + " cannot be written: " + FileReason.of(e));
        }
    }
}
