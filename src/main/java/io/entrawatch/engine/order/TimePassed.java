package io.entrawatch.engine.order;

import java.util.ArrayList;
import java.util.List;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * How far event time has come in an operator, for the next start of it. A checkpoint that overtakes watermarks finds the subtasks
 * at different times: each goes on from that of its own key groups, and from the least of those that it gets parts of.
 */
final class TimePassed {

    /** Three numbers for each subtask: its first and its last key group, and the time. */
    private static final ListStateDescriptor<Long> DESCRIPTOR =
            new ListStateDescriptor<>("passed-by-key-groups", Types.LONG);

    private static final int NUMBERS = 3;

    private final ListState<Long> state;
    private final KeyGroupRange own;

    private TimePassed(ListState<Long> state, KeyGroupRange own) {
        this.state = state;
        this.own = own;
    }

    static TimePassed in(OperatorStateStore store, TaskInfo task) throws Exception {
        KeyGroupRange own = KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                task.getMaxNumberOfParallelSubtasks(),
                task.getNumberOfParallelSubtasks(),
                task.getIndexOfThisSubtask());
        return new TimePassed(store.getUnionListState(DESCRIPTOR), own);
    }

    /** How far it had come; long ago where nothing tells. */
    long before() throws Exception {
        List<Long> all = new ArrayList<>();
        state.get().forEach(all::add);
        long least = Long.MAX_VALUE;
        for (int i = 0; i + NUMBERS <= all.size(); i += NUMBERS) {
            if (all.get(i) <= own.getEndKeyGroup() && all.get(i + 1) >= own.getStartKeyGroup()) {
                least = Math.min(least, all.get(i + 2));
            }
        }
        return least == Long.MAX_VALUE ? Long.MIN_VALUE : least;
    }

    void keep(long time) throws Exception {
        // At the end of all logs time has come to its own end; whoever goes on from there begins anew.
        long from = time == Long.MAX_VALUE ? Long.MIN_VALUE : time;
        state.update(List.of((long) own.getStartKeyGroup(), (long) own.getEndKeyGroup(), from));
    }
}
