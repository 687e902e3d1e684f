package io.retrograd.engine;

import com.google.protobuf.ByteString;
import io.retrograd.graph.HostFunction;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.FunctionDef;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NameAttrList;
import org.tensorflow.framework.NodeDef;

/**
 * The operations of a graph that call functions of the script, under names that no other session has, and the datasets of
 * generators as TensorFlow has them: with three functions that begin a pass, give its elements and end it.
 */
final class ScriptFunctions {
    static final String BEGIN = "/begin";
    static final String NEXT = "/next";
    static final String END = "/end";

    private static final String GENERATOR = "GeneratorDataset";
    private static final String TOKEN = "token";
    private static final String GENERATOR_TOKEN = "_token";

    private final String prefix;
    private final List<FunctionDef> made = new ArrayList<>();

    private ScriptFunctions(String prefix) {
        this.prefix = prefix;
    }

    static boolean isCall(String type) {
        return type.equals("PyFunc") || type.equals("PyFuncStateless");
    }

    /** Whether such operations can be told to the runtime. */
    static boolean isKnown(String type) {
        return isCall(type) || type.equals(GENERATOR);
    }

    /** The attribute that names the function. */
    static String tokenOf(String type) {
        return type.equals(GENERATOR) ? GENERATOR_TOKEN : TOKEN;
    }

    /** The function that a name belongs to, which names one part of it perhaps. */
    static String withoutPart(String token) {
        int slash = token.indexOf('/');
        return slash < 0 ? token : token.substring(0, slash);
    }

    /** The graph as one session hands it to the runtime. */
    static GraphDef of(GraphDef graph, String prefix) {
        if (!calls(graph)) {
            return graph;
        }
        ScriptFunctions all = new ScriptFunctions(prefix);
        GraphDef.Builder named = graph.toBuilder();
        named.getNodeBuilderList().forEach(all::complete);
        if (graph.hasLibrary()) {
            named.getLibraryBuilder().getFunctionBuilderList().forEach(f -> f.getNodeDefBuilderList().forEach(all::complete));
        }
        if (!all.made.isEmpty()) {
            named.getLibraryBuilder().addAllFunction(all.made);
        }
        return named.build();
    }

    private static boolean calls(GraphDef graph) {
        return graph.getNodeList().stream().anyMatch(n -> isKnown(n.getOp()))
                || graph.getLibrary().getFunctionList().stream().anyMatch(f -> f.getNodeDefList().stream().anyMatch(n -> isKnown(n.getOp())));
    }

    private void complete(NodeDef.Builder node) {
        if (isCall(node.getOp())) {
            node.putAttr(TOKEN, text(prefix + node.getAttrOrThrow(TOKEN).getS().toStringUtf8()));
        } else if (node.getOp().equals(GENERATOR)) {
            generator(node);
        }
    }

    private void generator(NodeDef.Builder node) {
        String token = prefix + node.getAttrOrThrow(GENERATOR_TOKEN).getS().toStringUtf8();
        String name = "script_" + token.replaceAll("[^A-Za-z0-9_]", "_");
        node.removeAttr(GENERATOR_TOKEN).removeAttr(HostFunction.ATTRIBUTE);
        for (String arguments : List.of("Tinit_func_args", "Tnext_func_args", "Tfinalize_func_args")) {
            node.putAttr(arguments, AttrValue.newBuilder().setList(AttrValue.ListValue.getDefaultInstance()).build());
        }
        AttrValue number = types(List.of(DataType.DT_INT64));
        AttrValue none = types(List.of());
        node.putAttr("init_func", function(name + "_begin", token + BEGIN, none, number))
                .putAttr("next_func", function(name + "_next", token + NEXT, number, node.getAttrOrThrow("output_types")))
                .putAttr("finalize_func", function(name + "_end", token + END, number, number));
    }

    private AttrValue function(String name, String token, AttrValue takes, AttrValue gives) {
        FunctionDef.Builder f = FunctionDef.newBuilder();
        f.getSignatureBuilder().setName(name).setIsStateful(true);
        NodeDef.Builder call = f.addNodeDefBuilder().setName("call").setOp("PyFunc")
                .putAttr(TOKEN, text(token)).putAttr("Tin", takes).putAttr("Tout", gives);
        for (DataType type : takes.getList().getTypeList()) {
            String argument = "argument_" + call.getInputCount();
            f.getSignatureBuilder().addInputArgBuilder().setName(argument).setType(type);
            call.addInput(argument);
        }
        for (DataType type : gives.getList().getTypeList()) {
            String output = "output_" + f.getRetCount();
            f.putRet(output, "call:output:" + f.getRetCount());
            f.getSignatureBuilder().addOutputArgBuilder().setName(output).setType(type);
        }
        made.add(f.build());
        return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
    }

    private static AttrValue types(List<DataType> types) {
        return AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder().addAllType(types)).build();
    }

    private static AttrValue text(String value) {
        return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
    }
}
