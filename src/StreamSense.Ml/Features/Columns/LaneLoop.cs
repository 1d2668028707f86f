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

    /// <summary>Computes a block, or the part of it that the target has room for.</summary>
    public static void Run<TStep>(in TStep step, in LaneTarget target)
        where TStep : ILaneStep, allows ref struct
    {
        int lanes = target.Lanes;
        if (lanes % Least != 0 || lanes > Block)
        {
            throw new ArgumentException("A block is computed in whole registers.", nameof(target));
        }

        ref double numbers = ref MemoryMarshal.GetReference(target.Numbers);
        ref float column = ref MemoryMarshal.GetReference(target.Column);
        switch (target.Width)
        {
            case LaneWidth.Bits512:
                Run<TStep, Lanes512>(step, ref numbers, ref column, target.Missing, lanes);
                break;
            case LaneWidth.Bits256:
                Run<TStep, Lanes256>(step, ref numbers, ref column, target.Missing, lanes);
                break;
            case LaneWidth.Bits128:
                Run<TStep, Lanes128>(step, ref numbers, ref column, target.Missing, lanes);
                break;
            default:
                Run<TStep, Lanes64>(step, ref numbers, ref column, target.Missing, lanes);
                break;
        }
    }

    /// <summary>Puts numbers that were computed one by one where they belong.</summary>
    public static void Finish(Span<double> values, in LaneTarget target) =>
        Run(new ValueStep(ref MemoryMarshal.GetReference(values[..target.Lanes])), target);

    // Each width is compiled by itself: together they are more than the compiler is willing to put into one method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run<TStep, T>(in TStep step, ref double numbers, ref float column, float missing, int lanes)
        where TStep : ILaneStep, allows ref struct
        where T : struct, ILanes<T>
    {
        if (Unsafe.IsNullRef(ref column))
        {
            for (int i = 0; i < lanes; i += T.Width)
            {
                T.Store(step.Compute<T>(i), ref numbers, i);
            }

            return;
        }

        for (int i = 0; i < lanes; i += T.Width)
        {
            T.StoreSingle(step.Compute<T>(i), missing, ref column, i);
            if (!Unsafe.IsNullRef(ref numbers))
            {
                T.Store(T.LoadSingle(ref column, i), ref numbers, i);
            }
        }
    }

    private readonly ref struct ValueStep(ref double values) : ILaneStep
    {
        private readonly ref double _values = ref values;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Compute<T>(int index)
            where T : struct, ILanes<T> => T.Load(ref _values, index);
    }
}
