using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Audiences;

/// <summary>Counts together what everybody plays and rates, wherever they are.</summary>
public sealed class EverybodyAudience : IAudience
{
    /// <inheritdoc/>
    public int Find(ViewerId viewer, in EventContext dimensions, Span<int> audiences)
    {
        audiences[0] = 0;
        return 1;
    }
}
