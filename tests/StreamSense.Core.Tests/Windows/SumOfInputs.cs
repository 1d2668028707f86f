using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Windows;

/// <summary>Count, sum and greatest value: whole numbers, so that any order of merging gives the same bits. Counts its merges.</summary>
internal struct SumOfInputs : IWindowAggregate<SumState, long, SumState>
{
    [ThreadStatic]
    private static long _merges;

    public static long Merges => _merges;

    public static void Start(ref SumState state) => state = new SumState(0, 0, long.MinValue);

    public static void Add(ref SumState state, in long input) =>
        state = new SumState(state.Count + 1, state.Sum + input, Math.Max(state.Greatest, input));

    public static void Merge(ref SumState state, in SumState other)
    {
        _merges++;
        state = new SumState(state.Count + other.Count, state.Sum + other.Sum, Math.Max(state.Greatest, other.Greatest));
    }

    public static SumState Result(in SumState state) => state;

    public static SumState Of(IEnumerable<long> inputs)
    {
        var state = default(SumState);
        Start(ref state);
        foreach (long input in inputs)
        {
            Add(ref state, input);
        }

        return state;
    }
}
