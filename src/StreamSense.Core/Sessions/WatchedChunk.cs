using System.Runtime.CompilerServices;

namespace StreamSense.Core.Sessions;

/// <summary>A link of a view's chain of finished ranges, in a <see cref="WatchedPool"/>.</summary>
internal struct WatchedChunk
{
    /// <summary>How many ranges a link holds.</summary>
    public const int Capacity = 15;

    /// <summary>The next link; of the last one, the first: a chain is known by its last link.</summary>
    public int Next;

    /// <summary>How many of <see cref="Items"/> are used; less than all only in the last link.</summary>
    public int Count;

    public Ranges Items;

    [InlineArray(Capacity)]
    public struct Ranges
    {
        private WatchedRange _first;
    }
}
