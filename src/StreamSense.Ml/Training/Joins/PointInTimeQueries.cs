using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>Questions in place of a log: training on what was never ranked, or with features that were not there then.</summary>
/// <remarks>One thread at a time.</remarks>
/// <param name="queries">The questions, nearly in order of their moments.</param>
public sealed class PointInTimeQueries(IEnumerable<PointInTimeQuery> queries) : IDecisionReader, IDisposable
{
    private static readonly ModelInfo NoModel = new("none", "0", 0);

    private readonly IEnumerator<PointInTimeQuery> _queries =
        (queries ?? throw new ArgumentNullException(nameof(queries))).GetEnumerator();

    private bool _hasCurrent;

    /// <inheritdoc/>
    public RankingRecord Current
    {
        get
        {
            PointInTimeQuery asked = _hasCurrent ? _queries.Current : throw new InvalidOperationException("Nothing was read.");
            return new RankingRecord
            {
                Request = asked.Request,
                Surface = 0,
                Time = asked.Query.Time,
                Viewer = asked.Query.Viewer,
                Household = asked.Query.Household,
                Device = asked.Query.Device,
                Visit = asked.Query.Visit,
                Consent = asked.Query.Consent,
                Dimensions = asked.Query.Dimensions,
                SurfaceName = asked.Query.Surface,
                View = asked.Query.View,
                Cdn = asked.Query.Cdn,
                Position = asked.Query.Position,
                StorePosition = asked.Position,
                Model = NoModel,
                Candidates = asked.Titles.AsSpan(),
            };
        }
    }

    /// <inheritdoc/>
    public bool TryRead() => _hasCurrent = _queries.MoveNext();

    /// <inheritdoc/>
    public void Dispose() => _queries.Dispose();
}
