using System.Runtime.CompilerServices;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>Plays that came as far as each of the completion shares.</summary>
[InlineArray(EngagementOptions.MaxCompletionShares)]
internal struct CompletionCounts
{
    private long _first;
}
