package io.retrograd.exchange;

import io.retrograd.graph.Graph;
import io.retrograd.graph.GraphFunction;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.op.StandardOps;
import io.retrograd.session.PlanKey;
import io.retrograd.session.Session;
import io.retrograd.session.SessionOptions;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.framework.FunctionDef;
import org.tensorflow.framework.FunctionDefLibrary;

/** A function of a file, such as that of a {@code Dataset.map}. It may touch no files: whoever wrote it is not the script. */
final class ImportedFunction implements GraphFunction {
    private final List<Output> arguments = new ArrayList<>();
    private final List<Output> results = new ArrayList<>();
    private final Graph body = new Graph(new StandardOps());
    private Session session;

    ImportedFunction(FunctionDef function, FunctionDefLibrary library) {
        Map<String, Operation> made =
                GraphImport.into(body, InlinedDatasets.body(function, library, body::find), "", Map.of());
        function.getSignature().getInputArgList().forEach(a -> arguments.add(made.get(a.getName()).output(0)));
        function.getSignature().getOutputArgList().forEach(a -> {
            String[] at = InlinedDatasets.result(function, a.getName(), body::find).split(":");
            results.add(made.get(at[0]).output(at.length > 1 ? Integer.parseInt(at[1]) : 0));
        });
    }

    @Override
    public List<Output> arguments() {
        return arguments;
    }

    @Override
    public List<Output> results() {
        return results;
    }

    @Override
    public List<NdArray> call(List<NdArray> inputs) {
        if (session == null) {
            session = new Session(body, SessionOptions.plain());
        }
        return List.of(session.run(new PlanKey(results, List.of(), arguments), inputs.toArray(new NdArray[0])));
    }
}
