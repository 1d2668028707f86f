using StreamSense.Core.Admission;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics;

/// <summary>The scorecard of one shard at one moment.</summary>
/// <remarks>Symbols are those of the pipeline's vocabulary, which all shards share.</remarks>
internal sealed record ScorecardPartial(
    IReadOnlyDictionary<SourceKey, SourceArrivals> Arrivals, IReadOnlyDictionary<ContextId, ViewEnds> Ends);
