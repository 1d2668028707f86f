using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Audiences;

/// <summary>Says whose plays count together: those of a country, of a segment, of a kind of device.</summary>
/// <remarks>May be asked by many threads at once; allocates nothing; the same viewer and dimensions give the same audiences until
/// what it goes by changes.</remarks>
public interface IAudience
{
    /// <summary>The most audiences that one viewer may belong to.</summary>
    const int MaxOfViewer = 64;

    /// <summary>The audiences of a viewer.</summary>
    /// <param name="viewer">The viewer; none if unknown or not to be used.</param>
    /// <param name="dimensions">Country, kind of device and the like.</param>
    /// <param name="audiences">Room for <see cref="MaxOfViewer"/> audiences, the one to go by first; any numbers that are stable within
    /// the process.</param>
    /// <returns>How many there are.</returns>
    int Find(ViewerId viewer, in EventContext dimensions, Span<int> audiences);
}
