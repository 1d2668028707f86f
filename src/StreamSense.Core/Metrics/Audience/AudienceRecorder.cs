using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Metrics.Audience;

/// <summary>Follows who watches, how often they come and whether they come back, through the events and sessions of a shard.</summary>
/// <remarks>
/// The shard's thread only. Allocates only for viewers, titles and periods that are new, until the bounds are reached. Taking a session
/// back takes back its times, its view and its episode; that somebody was there on that day remains.
/// </remarks>
internal sealed class AudienceRecorder : IPlaybackSessionConsumer
{
    private readonly AudienceOptions _options;
    private readonly TitleTable _catalogue;
    private readonly long _gap;
    private readonly BingeBounds _bingeBounds;
    private readonly Dictionary<TitleId, PlayTimes> _titles = [];
    private readonly PeriodTable _periods;
    private readonly KeyedSample<ViewerRow> _viewers;
    private readonly KeyedSample<BingeRow> _binges;
    private PlayTimes _whole;
    private PlayTimes _otherTitles;
    private long _anonymousViews;

    public AudienceRecorder(TitleTable catalogue, AudienceOptions options)
    {
        options.Validate();
        _options = options;
        _catalogue = catalogue;
        _gap = options.VisitGap.Ticks / TimeSpan.TicksPerMicrosecond;
        _bingeBounds = new BingeBounds(options.BingeGap, options.BingeEpisodes);
        _periods = new PeriodTable(options);
        _viewers = new KeyedSample<ViewerRow>(options.MaxViewers);
        _binges = new KeyedSample<BingeRow>(options.MaxSeriesViewers);
    }

    /// <summary>Whether events of a kind show that somebody is there; views show it by their sessions.</summary>
    public static bool Takes(EventKind kind) => kind
        is EventKind.Impression or EventKind.Click or EventKind.DetailView or EventKind.Search
        or EventKind.ListAdd or EventKind.ListRemove or EventKind.Rating
        or EventKind.Reaction or EventKind.Share or EventKind.Comment
        or EventKind.MessageOpened or EventKind.MessageClicked
        or EventKind.Login or EventKind.Logout or EventKind.ConsentChange;

    /// <summary>Takes an event; those that do not matter here are left alone.</summary>
    public void Apply(in StreamEvent e)
    {
        if (!Takes(e.Kind) || !e.View.IsNone || (e.Flags & EventFlags.Broadcast) != 0)
        {
            return;
        }

        if (TryGetViewer(e.Viewer, e.Device, out int row))
        {
            _viewers[row].Visits.Add(new VisitSpan(e.Time.UnixMicroseconds, e.Time.UnixMicroseconds), _gap);
        }
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        AddVisit(session);
        if (!session.IsPlay)
        {
            return;
        }

        AddTimes(session, 1);
        _periods.Add(session);
        AddEpisode(session, retract: false);
    }

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched)
    {
        if (session.Viewer.IsNone && session.Device.IsNone)
        {
            _anonymousViews--;
        }
        else if (TryGetViewer(session.Viewer, session.Device, out int row))
        {
            _viewers[row].Views--;
        }

        if (session.IsPlay)
        {
            AddTimes(session, -1);
            AddEpisode(session, retract: true);
        }
    }

    /// <summary>A copy that later events do not change; it may yet see the views that are open, whose time so far it adds.</summary>
    public AudiencePartial Copy() => new()
    {
        Whole = _whole,
        OtherTitles = _otherTitles,
        Titles = new(_titles),
        MaxTitles = _options.MaxTitles,
        Periods = _periods.Copy(),
        Viewers = _viewers.Copy(),
        Binges = _binges.Copy(),
        AnonymousViews = _anonymousViews,
        MissedPeriods = _periods.Missed,
    };

    private static ulong KeyOf(ViewerId viewer, DeviceId device) =>
        !viewer.IsNone ? StableHash.Of(viewer.Value, 1) : StableHash.Of(device.Value, 2);

    private bool TryGetViewer(ViewerId viewer, DeviceId device, out int row)
    {
        row = -1;
        if ((viewer.IsNone && device.IsNone) || !_viewers.TryGetOrAdd(KeyOf(viewer, device), out row, out bool added))
        {
            return false;
        }

        if (added)
        {
            _viewers[row].Gap = _gap;
        }

        return true;
    }

    private void AddVisit(in PlaybackSession session)
    {
        if (session.Viewer.IsNone && session.Device.IsNone)
        {
            _anonymousViews++;
            return;
        }

        if (!TryGetViewer(session.Viewer, session.Device, out int row))
        {
            return;
        }

        ref ViewerRow viewer = ref _viewers[row];
        viewer.Views++;
        viewer.Visits.Add(new VisitSpan(session.Attempted.UnixMicroseconds, session.Ended.UnixMicroseconds), _gap);
        if (session.IsPlay && !session.Viewer.IsNone)
        {
            viewer.AddPlay(session.FirstFrame, Period.DayOf(session.FirstFrame, _options.UtcOffset), session.Country);
        }
    }

    private void AddTimes(in PlaybackSession session, int sign)
    {
        PlayTimes times = PlayTimes.Of(session);
        _whole.Add(times, sign);
        if (_titles.Count >= _options.MaxTitles && !_titles.ContainsKey(session.Title))
        {
            _otherTitles.Add(times, sign);
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_titles, session.Title, out _).Add(times, sign);
    }

    private void AddEpisode(in PlaybackSession session, bool retract)
    {
        if ((session.Viewer.IsNone && session.Device.IsNone)
            || session.DurationMicroseconds == Absent.Time
            || session.WatchedContentMicroseconds < session.DurationMicroseconds * _options.BingeWatchedShare
            || !_catalogue.TryGet(session.Title, session.Attempted, out TitleFacts facts)
            || facts.Series.IsNone)
        {
            return;
        }

        ulong key = StableHash.Of(KeyOf(session.Viewer, session.Device), facts.Series.Value);
        if (!_binges.TryGetOrAdd(key, out int row, out _))
        {
            return;
        }

        var episode = new Episode(session.FirstFrame, session.Ended, session.Title);
        ref BingeRow binge = ref _binges[row];
        binge.Rule = _bingeBounds;
        if (retract)
        {
            _ = binge.Remove(episode);
        }
        else
        {
            binge.Add(episode);
        }
    }
}
