package io.entrawatch.engine.wire;

/** Of values that are changed in place: what a snapshot holds is a copy. */
public abstract class ChangingSerializer<T> extends CompactSerializer<T> {

    private static final long serialVersionUID = 1L;

    @Override
    public final boolean isImmutableType() {
        return false;
    }

    @Override
    public abstract T copy(T from);

    @Override
    public final T copy(T from, T reuse) {
        return copy(from);
    }
}
