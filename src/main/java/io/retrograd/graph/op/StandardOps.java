package io.retrograd.graph.op;

import io.retrograd.graph.OpDef;
import io.retrograd.graph.OpLibrary;
import java.util.HashMap;
import java.util.Map;

/** All operation types, by asking each family in turn; a definition is made when it is first needed. */
public final class StandardOps implements OpLibrary {
    private final Map<String, OpDef> made = new HashMap<>();

    @Override
    public OpDef find(String type) {
        OpDef definition = made.get(type);
        if (definition == null) {
            definition = make(type);
            if (definition != null) {
                made.put(type, definition);
            }
        }
        return definition;
    }

    private static OpDef make(String type) {
        OpDef d = BasicOps.find(type);
        d = d != null ? d : StateOps.find(type);
        d = d != null ? d : ControlFlowOps.find(type);
        d = d != null ? d : HostOps.find(type);
        d = d != null ? d : StackOps.find(type);
        d = d != null ? d : TensorArrayOps.find(type);
        d = d != null ? d : TrainingOps.find(type);
        d = d != null ? d : SaveOps.find(type);
        d = d != null ? d : SummaryOps.find(type);
        d = d != null ? d : UnaryOps.find(type);
        d = d != null ? d : ExponentialOps.find(type);
        d = d != null ? d : SlopeOps.find(type);
        d = d != null ? d : BinaryOps.find(type);
        d = d != null ? d : DivisionOps.find(type);
        d = d != null ? d : TrigonometricOps.find(type);
        d = d != null ? d : SpecialOps.find(type);
        d = d != null ? d : CompareOps.find(type);
        d = d != null ? d : ReductionOps.find(type);
        d = d != null ? d : ArgOps.find(type);
        d = d != null ? d : MatrixOps.find(type);
        d = d != null ? d : CastOps.find(type);
        d = d != null ? d : SequenceOps.find(type);
        d = d != null ? d : AddOps.find(type);
        d = d != null ? d : SegmentOps.find(type);
        d = d != null ? d : ActivationOps.find(type);
        d = d != null ? d : SmoothOps.find(type);
        d = d != null ? d : BiasOps.find(type);
        d = d != null ? d : LossOps.find(type);
        d = d != null ? d : ConvOps.find(type);
        d = d != null ? d : PoolOps.find(type);
        d = d != null ? d : NormOps.find(type);
        d = d != null ? d : LrnOps.find(type);
        d = d != null ? d : SamplingOps.find(type);
        d = d != null ? d : ShapeOps.find(type);
        d = d != null ? d : FillOps.find(type);
        d = d != null ? d : ReshapeOps.find(type);
        d = d != null ? d : JoinOps.find(type);
        d = d != null ? d : SplitOps.find(type);
        d = d != null ? d : MoveOps.find(type);
        d = d != null ? d : PadOps.find(type);
        d = d != null ? d : ReverseOps.find(type);
        d = d != null ? d : SpaceOps.find(type);
        d = d != null ? d : SliceOps.find(type);
        d = d != null ? d : GatherOps.find(type);
        d = d != null ? d : SpreadOps.find(type);
        d = d != null ? d : DrawOps.find(type);
        d = d != null ? d : SelectOps.find(type);
        d = d != null ? d : DiagonalOps.find(type);
        d = d != null ? d : ScatterOps.find(type);
        d = d != null ? d : PassOps.find(type);
        d = d != null ? d : SparseOps.find(type);
        d = d != null ? d : SparseTensorOps.find(type);
        d = d != null ? d : SparseLayoutOps.find(type);
        d = d != null ? d : SparseSumOps.find(type);
        d = d != null ? d : SetOps.find(type);
        d = d != null ? d : LookupOps.find(type);
        d = d != null ? d : BitOps.find(type);
        d = d != null ? d : TextHashOps.find(type);
        d = d != null ? d : CrossOps.find(type);
        d = d != null ? d : ClusterOps.find(type);
        d = d != null ? d : RecurrentOps.find(type);
        d = d != null ? d : CtcOps.find(type);
        d = d != null ? d : CtcDecoderOps.find(type);
        d = d != null ? d : BeamOps.find(type);
        d = d != null ? d : FourierOps.find(type);
        d = d != null ? d : LinearOps.find(type);
        d = d != null ? d : DecompositionOps.find(type);
        d = d != null ? d : FileOps.find(type);
        d = d != null ? d : TextOps.find(type);
        d = d != null ? d : TextCodecOps.find(type);
        d = d != null ? d : DatasetOps.find(type);
        d = d != null ? d : IteratorOps.find(type);
        d = d != null ? d : PixelOps.find(type);
        d = d != null ? d : VolumeOps.find(type);
        d = d != null ? d : BoxOps.find(type);
        d = d != null ? d : CropOps.find(type);
        d = d != null ? d : QueueOps.find(type);
        d = d != null ? d : AccumulatorOps.find(type);
        d = d != null ? d : ReaderOps.find(type);
        d = d != null ? d : ExampleOps.find(type);
        d = d != null ? d : ScanOps.find(type);
        d = d != null ? d : CountOps.find(type);
        d = d != null ? d : RankOps.find(type);
        d = d != null ? d : UniqueOps.find(type);
        d = d != null ? d : PartitionOps.find(type);
        return d;
    }
}
