using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Engagement;

/// <summary>Adds up what the ended plays of a shard watched: as a whole, by title, and by viewer and title.</summary>
/// <remarks>
/// The shard's thread only. Allocates only while its tables grow to their bounds. A title that finds the table full goes to the figures
/// of the others, for good, so that a retraction finds what was added.
/// </remarks>
internal sealed class EngagementRecorder : IPlaybackSessionConsumer
{
    private readonly EngagementOptions _options;
    private readonly EngagementThresholds _thresholds;
    private readonly EngagementRules _rules;
    private readonly ViewerTitleTable _viewers;
    private readonly Dictionary<ulong, int> _titles = new(SeededKeyComparer.Instance);
    private EngagementSums[] _sums = new EngagementSums[16];
    private EngagementSums _other;

    public EngagementRecorder(EngagementOptions options, EngagementThresholds? thresholds = null)
    {
        options.Validate();
        _options = options;
        _thresholds = thresholds ?? new EngagementThresholds();
        _rules = new EngagementRules(options, _thresholds);
        _viewers = new ViewerTitleTable(options);
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Count(session, watched, 1);

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Count(session, watched, -1);

    /// <summary>A copy of all sums.</summary>
    public EngagementPartial Snapshot()
    {
        var partial = new EngagementPartial(_options, _thresholds);
        foreach (KeyValuePair<ulong, int> title in _titles)
        {
            partial.Titles.Add(title.Key, _sums[title.Value]);
        }

        partial.Other = _other;
        partial.Viewers.Add(_viewers.Copy());
        return partial;
    }

    private void Count(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched, int sign)
    {
        if (session.IsPlay)
        {
            _rules.Count(ref SumsOf(session.Title.Value), session, watched, sign);
            _viewers.Count(session, watched, sign);
        }
    }

    private ref EngagementSums SumsOf(ulong title)
    {
        if (!_titles.TryGetValue(title, out int place))
        {
            if (_titles.Count >= _options.MaxTitles)
            {
                return ref _other;
            }

            place = _titles.Count;
            _titles.Add(title, place);
            if (place == _sums.Length)
            {
                Array.Resize(ref _sums, place * 2);
            }
        }

        return ref _sums[place];
    }
}
