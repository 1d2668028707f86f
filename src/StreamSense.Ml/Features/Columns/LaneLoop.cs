using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Runs a computation over a block of candidates in the width that the processor has.</summary>
internal static class LaneLoop
{
    /// <summary>How many candidates are computed at once.</summary>
    public const int Block = 64;

    /// <summary>The fewest that are: as many as the widest registers hold.</summary>
    public const int Least = 8;

    /// <summary>The widest registers of this processor.</summary>
    public static LaneWidth Widest { get; } =
        Vector512.IsHardwareAccelerated ? LaneWidth.Bits512
        : Vector256.IsHardwareAccelerated ? LaneWidth.Bits256
        : Vector128.IsHardwareAccelerated ? LaneWidth.Bits128
        : LaneWidth.Bits64;

    /// <summary>How many lanes are computed for so many candidates.</summary>
    public static int LanesFor(int candidates) => (candidates + Least - 1) & -Least;

    /// <summary>Computes one block, or the part of it that there is room for: a multiple of <see cref="Least"/>.</summary>
    public static void Run<TStep>(LaneWidth width, in TStep step, Span<double> result)
        where TStep : ILaneStep, allows ref struct
    {
        int lanes = LanesIn(result.Length);
        ref double first = ref MemoryMarshal.GetReference(result);
        switch (width)
        {
            case LaneWidth.Bits512:
                Run<TStep, Lanes512>(step, ref first, lanes);
                break;
            case LaneWidth.Bits256:
                Run<TStep, Lanes256>(step, ref first, lanes);
                break;
            case LaneWidth.Bits128:
                Run<TStep, Lanes128>(step, ref first, lanes);
                break;
            default:
                Run<TStep, Lanes64>(step, ref first, lanes);
                break;
        }
    }

    /// <summary>Ends the computation of a block: what is not finite becomes the default, and the rest has half the digits.</summary>
    /// <param name="width">The width.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="missing">The default.</param>
    /// <param name="column">Room for a block.</param>
    /// <param name="isOperand">Whether the numbers become those of the column, so that what is computed from them is what can be computed
    /// from the column.</param>
    public static void Finish(LaneWidth width, Span<double> values, float missing, Span<float> column, bool isOperand)
    {
        int lanes = LanesIn(values.Length);
        ref double first = ref MemoryMarshal.GetReference(values);
        ref float to = ref MemoryMarshal.GetReference(column[..lanes]);
        switch (width)
        {
            case LaneWidth.Bits512:
                Finish<Lanes512>(ref first, missing, ref to, lanes, isOperand);
                break;
            case LaneWidth.Bits256:
                Finish<Lanes256>(ref first, missing, ref to, lanes, isOperand);
                break;
            case LaneWidth.Bits128:
                Finish<Lanes128>(ref first, missing, ref to, lanes, isOperand);
                break;
            default:
                Finish<Lanes64>(ref first, missing, ref to, lanes, isOperand);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Finish<T>(ref double values, float missing, ref float column, int lanes, bool isOperand)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < lanes; i += T.Width)
        {
            T.StoreSingle(T.Load(ref values, i), missing, ref column, i);
            if (isOperand)
            {
                T.Store(T.LoadSingle(ref column, i), ref values, i);
            }
        }
    }

    private static int LanesIn(int room) => room % Least == 0 && room <= Block
        ? room : throw new ArgumentException("A block is computed in whole registers.", nameof(room));

    // Each width is compiled by itself: together they are more than the compiler is willing to put into one method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<TStep, T>(in TStep step, ref double result, int lanes)
        where TStep : ILaneStep, allows ref struct
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < lanes; i += T.Width)
        {
            T.Store(step.Compute<T>(i), ref result, i);
        }
    }
}
