using StreamSense.Core.Sketches;
using StreamSense.Core.Windows;

namespace StreamSense.Core.Tests.Windows;

/// <summary>An aggregate whose state is a class: the median of the inputs.</summary>
internal struct QuantileOfInputs : IWindowAggregate<QuantileSketch?, long, SumState>
{
    public static void Start(ref QuantileSketch? state)
    {
        state ??= new QuantileSketch();
        state.Clear();
    }

    public static void Add(ref QuantileSketch? state, in long input) => state!.Add(input);

    public static void Merge(ref QuantileSketch? state, in QuantileSketch? other) => state!.Merge(other!);

    public static SumState Result(in QuantileSketch? state) => new(state!.Count, state.Quantile(0.5)!.Value, state.Quantile(1)!.Value);
}
