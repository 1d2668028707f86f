using System.Collections.Immutable;
using StreamSense.Core.Events;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Models.Serving;

/// <summary>A ranking to be done again: its candidates and their features.</summary>
/// <param name="Titles">The candidates.</param>
/// <param name="Features">Their features, one column after the other; NaN = missing.</param>
public sealed record WarmUpRequest(ImmutableArray<TitleId> Titles, ImmutableArray<float> Features)
{
    /// <summary>The event time of the request.</summary>
    /// <value>None.</value>
    public EventTime Time { get; init; }

    /// <summary>The viewer.</summary>
    /// <value>None.</value>
    public ViewerId Viewer { get; init; }

    /// <summary>What the viewer has agreed to.</summary>
    /// <value>Nothing.</value>
    public ConsentPurposes Consent { get; init; }

    /// <summary>Numbers that belong to the request as a whole.</summary>
    /// <value>Empty.</value>
    public ImmutableArray<float> Shared { get; init; } = [];

    /// <summary>Copies a ranking of the decision log.</summary>
    /// <param name="record">The ranking.</param>
    /// <returns>The request.</returns>
    public static WarmUpRequest Of(in RankingRecord record) => new([.. record.Candidates], [.. record.Features])
    {
        Time = record.Time,
        Viewer = record.Viewer,
        Consent = record.Consent,
    };
}
