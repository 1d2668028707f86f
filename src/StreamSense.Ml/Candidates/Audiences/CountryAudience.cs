using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Audiences;

/// <summary>Counts together what is played in one country.</summary>
public sealed class CountryAudience : IAudience
{
    /// <inheritdoc/>
    public int Find(ViewerId viewer, in EventContext dimensions, Span<int> audiences)
    {
        if (dimensions.Country.IsNone)
        {
            return 0;
        }

        audiences[0] = dimensions.Country.Value;
        return 1;
    }
}
