using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>The value of each dimension for a session, the same when it is taken back as when it was added.</summary>
/// <remarks>
/// The shard's thread only. What may change between the two (catalogue, plan, segment) is remembered for a bounded number of the latest
/// sessions, if any grouping needs it.
/// </remarks>
internal sealed class SessionValues : IDisposable
{
    private readonly ContextTable _contexts;
    private readonly TitleTable _titles;
    private readonly ViewerPlans _plans;
    private readonly IViewerSegments? _segments;
    private readonly RecentTable<SessionFacts>? _remembered;
    private SessionFacts _facts;

    public SessionValues(
        Vocabulary vocabulary, TitleTable titles, ViewerPlans plans, IViewerSegments? segments, CubeOptions options)
    {
        _contexts = vocabulary.Contexts;
        _titles = titles;
        _plans = plans;
        _segments = segments;
        foreach (CubeGrouping grouping in options.Groupings)
        {
            foreach (CubeDimension dimension in grouping.Ordered)
            {
                if (dimension is CubeDimension.Type or CubeDimension.Genre or CubeDimension.Series or CubeDimension.Plan
                    or CubeDimension.Segment)
                {
                    _remembered ??= new RecentTable<SessionFacts>(options.MaxRememberedSessions);
                }
            }
        }
    }

    /// <summary>How many retractions were of sessions no longer remembered: they were looked up anew, which may differ.</summary>
    public long Forgotten { get; private set; }

    /// <summary>How many genres the session has; one, the unknown, if it has none.</summary>
    public int GenreCount => Math.Max(1, (int)_facts.GenreCount);

    /// <summary>Looks up what changes with time.</summary>
    /// <param name="session">The session.</param>
    /// <param name="isRetraction">Whether it is to be taken back.</param>
    public void Resolve(in PlaybackSession session, bool isRetraction)
    {
        if (_remembered is null)
        {
            return;
        }

        if (isRetraction)
        {
            if (_remembered.TryRead(session.View.Value, out _facts) && _facts.IsKnown)
            {
                return;
            }

            Forgotten++;
        }

        LookUp(session);
        _remembered.BeginWrite(session.View.Value, out int row) = _facts;
        _remembered.EndWrite(row);
    }

    /// <summary>The values of a session for a grouping.</summary>
    /// <param name="session">The session that was resolved last.</param>
    /// <param name="dimensions">The grouping's dimensions.</param>
    /// <param name="genre">Which of its genres.</param>
    public CubeKey KeyOf(in PlaybackSession session, ReadOnlySpan<CubeDimension> dimensions, int genre)
    {
        var key = default(CubeKey);
        for (int i = 0; i < dimensions.Length; i++)
        {
            key = key.With(i, ValueOf(session, dimensions[i], genre));
        }

        return key;
    }

    public void Dispose() => _remembered?.Dispose();

    private static ulong Of(Symbol symbol) => symbol == Symbol.Other ? CubeKey.OtherValue : symbol.Value;

    private ulong ValueOf(in PlaybackSession session, CubeDimension dimension, int genre) => dimension switch
    {
        CubeDimension.Title => session.Title.Value,
        CubeDimension.Type => (ulong)_facts.Type,
        CubeDimension.Genre => _facts.GenreCount == 0 ? 0 : Of(_facts.Genres[genre]),
        CubeDimension.Series => _facts.Series.Value,
        CubeDimension.Plan => Of(_facts.Plan),
        CubeDimension.Segment => Of(_facts.Segment),
        CubeDimension.Country => Of(session.Country),
        CubeDimension.Asn => Of(_contexts[session.Context].Asn),
        CubeDimension.Cdn => Of(session.Cdn),
        CubeDimension.DeviceKind => Of(session.DeviceKind),
        _ => Of(_contexts[session.Context].App),
    };

    private void LookUp(in PlaybackSession session)
    {
        _facts = default;
        _facts.IsKnown = true;
        if (_titles.TryGet(session.Title, session.Attempted, out TitleFacts title))
        {
            _facts.Type = title.Type;
            _facts.Series = title.Series;
            _facts.GenreCount = (byte)Math.Min(title.Genres.Length, TitleTable.MaxGenres);
            for (int i = 0; i < _facts.GenreCount; i++)
            {
                _facts.Genres[i] = title.Genres[i];
            }
        }

        _facts.Plan = _plans.PlanOf(session.Viewer, session.Household, session.Attempted);
        _facts.Segment = _segments?.SegmentOf(session.Viewer, session.Attempted) ?? Symbol.None;
    }
}
