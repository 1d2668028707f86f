using System.Runtime.CompilerServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.State;

/// <summary>A symbol for each <see cref="SignalText"/>; none where a signal carries none.</summary>
[InlineArray(Count)]
internal struct SignalSymbols
{
    public const int Count = 10;

    private Symbol _first;
}
