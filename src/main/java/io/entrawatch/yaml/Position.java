package io.entrawatch.yaml;

import java.io.Serializable;

/** Where a value stands in a file. Lines and columns count from one. */
public record Position(String file, int line, int column) implements Serializable {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
