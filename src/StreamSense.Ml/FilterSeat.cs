using StreamSense.Ml.Candidates.Filters;

namespace StreamSense.Ml;

/// <summary>A filter at its place on a surface, with what it has kept back there.</summary>
/// <param name="filter">The filter.</param>
internal sealed class FilterSeat(ICandidateFilter filter)
{
    private long _refused;
    private long _unknown;

    /// <summary>The filter.</summary>
    public ICandidateFilter Filter { get; } = filter;

    /// <summary>Candidates refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Candidates of which too little was known.</summary>
    public long Unknown => Interlocked.Read(ref _unknown);

    /// <summary>Counts.</summary>
    public void Count(int refused, int unknown)
    {
        if (refused > 0)
        {
            Interlocked.Add(ref _refused, refused);
        }

        if (unknown > 0)
        {
            Interlocked.Add(ref _unknown, unknown);
        }
    }
}
