using System.Runtime.CompilerServices;

namespace StreamSense.Core.Metrics.Conversion;

/// <summary>Room for the marks of a pair.</summary>
[InlineArray(Capacity)]
internal struct PairMarks
{
    /// <summary>How many marks fit.</summary>
    public const int Capacity = 8;

    private PairMark _first;
}
