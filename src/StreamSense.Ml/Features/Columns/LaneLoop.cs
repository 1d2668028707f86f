using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Runs a computation over a block of candidates in the width that the processor has.</summary>
internal static class LaneLoop
{
    /// <summary>How many candidates are computed at once.</summary>
    public const int Block = 16;

    /// <summary>The widest registers of this processor.</summary>
    public static LaneWidth Widest { get; } =
        Vector512.IsHardwareAccelerated ? LaneWidth.Bits512
        : Vector256.IsHardwareAccelerated ? LaneWidth.Bits256
        : Vector128.IsHardwareAccelerated ? LaneWidth.Bits128
        : LaneWidth.Bits64;

    /// <summary>Computes one block.</summary>
    public static void Run<TStep>(LaneWidth width, in TStep step, Span<double> result)
        where TStep : ILaneStep, allows ref struct
    {
        ref double first = ref MemoryMarshal.GetReference(result[..Block]);
        switch (width)
        {
            case LaneWidth.Bits512:
                Run<TStep, Lanes512>(step, ref first);
                break;
            case LaneWidth.Bits256:
                Run<TStep, Lanes256>(step, ref first);
                break;
            case LaneWidth.Bits128:
                Run<TStep, Lanes128>(step, ref first);
                break;
            default:
                Run<TStep, Lanes64>(step, ref first);
                break;
        }
    }

    /// <summary>Ends the computation of a block: what is not finite becomes the default, and the rest has half the digits.</summary>
    /// <param name="width">The width.</param>
    /// <param name="values">The numbers; rounded in place, so that what is computed from them is what can be computed from the column.</param>
    /// <param name="missing">The default.</param>
    /// <param name="column">Room for a block.</param>
    public static void Finish(LaneWidth width, Span<double> values, float missing, Span<float> column)
    {
        ref double first = ref MemoryMarshal.GetReference(values[..Block]);
        ref float to = ref MemoryMarshal.GetReference(column[..Block]);
        switch (width)
        {
            case LaneWidth.Bits512:
                Finish<Lanes512>(ref first, missing, ref to);
                break;
            case LaneWidth.Bits256:
                Finish<Lanes256>(ref first, missing, ref to);
                break;
            case LaneWidth.Bits128:
                Finish<Lanes128>(ref first, missing, ref to);
                break;
            default:
                Finish<Lanes64>(ref first, missing, ref to);
                break;
        }
    }

    private static void Finish<T>(ref double values, float missing, ref float column)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < Block; i += T.Width)
        {
            T value = T.RoundToSingle(T.Load(ref values, i));
            T rest = value - value;
            value = T.Choose(T.Same(rest, rest), value, T.All(missing));
            T.Store(value, ref values, i);
            T.StoreSingle(value, ref column, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<TStep, T>(in TStep step, ref double result)
        where TStep : ILaneStep, allows ref struct
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < Block; i += T.Width)
        {
            T.Store(step.Compute<T>(i), ref result, i);
        }
    }
}
