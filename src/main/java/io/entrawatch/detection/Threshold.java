package io.entrawatch.detection;

import java.io.Serializable;

/** A comparison with a number, as a correlation's condition has it. */
public record Threshold(Operator operator, double value) implements Serializable {

    /** By the names of Sigma. */
    public enum Operator {
        GTE,
        GT,
        LTE,
        LT,
        EQ,
        NEQ
    }

    public boolean holds(double observed) {
        return switch (operator) {
            case GTE -> observed >= value;
            case GT -> observed > value;
            case LTE -> observed <= value;
            case LT -> observed < value;
            case EQ -> observed == value;
            case NEQ -> observed != value;
        };
    }
}
