using System.Runtime.CompilerServices;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.State;

/// <summary>A number for each <see cref="SignalValue"/>; NaN where a signal carries none.</summary>
[InlineArray(Count)]
internal struct SignalNumbers
{
    public const int Count = 18;

    private double _first;
}
