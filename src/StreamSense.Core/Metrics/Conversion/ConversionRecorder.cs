using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Metrics.Conversion;

/// <summary>Follows what was shown, and what came of it, through the events and sessions of a shard.</summary>
/// <remarks>The shard's thread only. Allocates only for places and pairs that are new, until the bounds are reached.</remarks>
internal sealed class ConversionRecorder : IPlaybackSessionConsumer
{
    private readonly Dictionary<Place, ConversionSums> _places = [];
    private readonly KeyedSample<PairRow> _pairs;
    private readonly int _maxPlaces;
    private ConversionSums _whole;

    public ConversionRecorder(ConversionOptions options)
    {
        options.Validate();
        _pairs = new KeyedSample<PairRow>(options.MaxPairs);
        _maxPlaces = options.MaxPlaces;
    }

    /// <summary>How often a place found no counters of its own.</summary>
    public long OverflowedPlaces { get; private set; }

    /// <summary>Whether events of a kind matter here.</summary>
    public static bool Takes(EventKind kind) =>
        kind is EventKind.Impression or EventKind.Click or EventKind.DetailView or EventKind.ListAdd;

    /// <summary>Takes an event; those that do not matter here are left alone.</summary>
    public void Apply(in StreamEvent e)
    {
        if (!Takes(e.Kind) || (e.Flags & EventFlags.Broadcast) != 0)
        {
            return;
        }

        if (e.Kind == EventKind.ListAdd)
        {
            _whole.ListAdds += EventWeight.One;
            AddOfViewer(e, new PairMark(e.Time, e.Id.Value, EventWeight.One, default, PairMarkKind.ListAdd));
            return;
        }

        ref readonly ShownPayload shown = ref e.ReadPayload<ShownPayload>();
        Place place = Place.Of(shown.Surface, shown.Row, shown.Position);
        long weight = e.Kind == EventKind.DetailView ? EventWeight.One : EventWeight.Of(shown.Weight);
        if (e.Kind == EventKind.Impression)
        {
            _whole.Impressions += weight;
            PlaceRef(place).Impressions += weight;
            var mark = new PairMark(e.Time, e.Id.Value, weight, place, PairMarkKind.Impression);
            AddOfRequest(shown.Request, e.Title, mark);
            AddOfViewer(e, mark);
            return;
        }

        ApplyAction(e, shown, place, weight);
    }

    /// <inheritdoc/>
    public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => CountPlay(session, retract: false);

    /// <inheritdoc/>
    public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => CountPlay(session, retract: true);

    /// <summary>A copy that later events do not change.</summary>
    public ConversionPartial Copy() => new(_whole, new(_places), _pairs.Copy(), OverflowedPlaces);

    private static ulong KeyOf(ViewerId viewer, DeviceId device, TitleId title) =>
        !viewer.IsNone ? StableHash.Of(viewer.Value, title.Value, 1) : StableHash.Of(device.Value, title.Value, 2);

    private static ulong KeyOf(RequestId request, TitleId title) => StableHash.Of(request.Value, title.Value, 3);

    private void ApplyAction(in StreamEvent e, in ShownPayload shown, Place place, long weight)
    {
        bool isClick = e.Kind == EventKind.Click;
        _whole.Clicks += isClick ? weight : 0;
        _whole.DetailViews += isClick ? 0 : weight;
        bool isJoined = !e.Title.IsNone && !(shown.Request.IsNone && e.Viewer.IsNone && e.Device.IsNone);
        if (!shown.Surface.IsNone || !isJoined)
        {
            ref ConversionSums sums = ref PlaceRef(place);
            sums.Clicks += isClick ? weight : 0;
            sums.DetailViews += isClick ? 0 : weight;
            return;
        }

        // It does not say where: the impression knows.
        var mark = new PairMark(e.Time, e.Id.Value, weight, default, isClick ? PairMarkKind.Click : PairMarkKind.DetailView);
        if (shown.Request.IsNone)
        {
            AddOfViewer(e, mark);
        }
        else
        {
            AddOfRequest(shown.Request, e.Title, mark);
        }
    }

    private void AddOfViewer(in StreamEvent e, in PairMark mark)
    {
        if (!e.Title.IsNone && (!e.Viewer.IsNone || !e.Device.IsNone)
            && _pairs.TryGetOrAdd(KeyOf(e.Viewer, e.Device, e.Title), out int row, out _))
        {
            _pairs[row].Add(mark);
        }
    }

    private void AddOfRequest(RequestId request, TitleId title, in PairMark mark)
    {
        if (!title.IsNone && !request.IsNone && _pairs.TryGetOrAdd(KeyOf(request, title), out int row, out _))
        {
            _pairs[row].OfRequest = true;
            _pairs[row].Add(mark);
        }
    }

    private void CountPlay(in PlaybackSession session, bool retract)
    {
        if (!session.IsPlay)
        {
            return;
        }

        _whole.Plays += retract ? -EventWeight.One : EventWeight.One;
        bool ofRequest = !session.Request.IsNone;
        if (session.Title.IsNone || (!ofRequest && session.Viewer.IsNone && session.Device.IsNone))
        {
            return;
        }

        ulong key = ofRequest ? KeyOf(session.Request, session.Title) : KeyOf(session.Viewer, session.Device, session.Title);
        if (!_pairs.TryGetOrAdd(key, out int row, out _))
        {
            return;
        }

        _pairs[row].OfRequest = ofRequest;
        var mark = new PairMark(session.FirstFrame, session.View.Value, EventWeight.One, default, PairMarkKind.Play);
        if (retract)
        {
            _pairs[row].Remove(mark);
        }
        else
        {
            _pairs[row].Add(mark);
        }
    }

    private ref ConversionSums PlaceRef(Place place)
    {
        if (_places.Count >= _maxPlaces && !_places.ContainsKey(place))
        {
            OverflowedPlaces++;
            place = Place.Other;
        }

        return ref CollectionsMarshal.GetValueRefOrAddDefault(_places, place, out _);
    }
}
