using System.Runtime.CompilerServices;

namespace StreamSense.Ml.Features;

/// <summary>Room in a viewer's row for the titles watched last.</summary>
[InlineArray(Capacity)]
public struct RecentTitles
{
    /// <summary>How many titles are remembered of a viewer.</summary>
    public const int Capacity = 16;

    private WatchedTitle _first;
}
