using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Reads ids and turns them into pseudonyms.</summary>
/// <remarks>
/// The ids of a record are hashed together, which costs little more than one of them; no table of raw ids is kept. One thread at a time.
/// </remarks>
internal sealed class IdReader
{
    private const int EventLane = 5;
    private const int TitleLane = 6;
    private const int KnownTitles = 64;

    private readonly Vocabulary _vocabulary;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly bool _trustPseudonyms;
    private readonly SipHashLanes _lanes = new();
    private readonly TitleId[] _knownTitles = new TitleId[KnownTitles];
    private long _evicted;

    public IdReader(Vocabulary vocabulary, Pseudonymizer pseudonymizer, bool trustPseudonyms)
    {
        _vocabulary = vocabulary;
        _pseudonymizer = pseudonymizer;
        _trustPseudonyms = trustPseudonyms;
        pseudonymizer.KeysTo(_lanes);
        NameTable.KeyTo(_lanes, TitleLane);
    }

    /// <summary>Reads who, where and which playback; comes before its event id and title are read.</summary>
    public void Read(in JsonRecord record, ref StreamEvent e)
    {
        _lanes.Clear();
        ReadOnlySpan<byte> viewer = Place(record, JsonField.Viewer, 0, out ulong viewerBits);
        ReadOnlySpan<byte> household = Place(record, JsonField.Household, 1, out ulong householdBits);
        ReadOnlySpan<byte> device = Place(record, JsonField.Device, 2, out ulong deviceBits);
        ReadOnlySpan<byte> view = Place(record, JsonField.View, 3, out ulong viewBits);
        ReadOnlySpan<byte> visit = Place(record, JsonField.Visit, 4, out ulong visitBits);
        Foresee(record, JsonField.Id, EventLane);
        Foresee(record, JsonField.Title, TitleLane);
        if (SipHashLanes.IsFast)
        {
            _lanes.Run();
        }

        e.Viewer = _lanes.Has(0) ? new(Hashed(0)) : viewer.IsEmpty ? new(viewerBits) : _pseudonymizer.Viewer(viewer);
        e.Household = _lanes.Has(1) ? new(Hashed(1)) : household.IsEmpty ? new(householdBits) : _pseudonymizer.Household(household);
        e.Device = _lanes.Has(2) ? new(Hashed(2)) : device.IsEmpty ? new(deviceBits) : _pseudonymizer.Device(device);
        e.View = _lanes.Has(3) ? new(Hashed(3)) : view.IsEmpty ? new(viewBits) : _pseudonymizer.View(view);
        e.Visit = _lanes.Has(4) ? new(Hashed(4)) : visit.IsEmpty ? new(visitBits) : _pseudonymizer.Visit(visit);
    }

    public RequestId Request(in JsonRecord record) =>
        TryText(record, JsonField.Request, out ReadOnlySpan<byte> text, out ulong bits) ? new(bits) : _pseudonymizer.Request(text);

    public EventId Event(in JsonRecord record)
    {
        if (TryText(record, JsonField.Id, out ReadOnlySpan<byte> text, out ulong bits))
        {
            return new(bits);
        }

        return _lanes.Has(EventLane) ? new(Hashed(EventLane)) : _pseudonymizer.EventFrom(text);
    }

    public ulong Other(in JsonRecord record, JsonField field) =>
        TryText(record, field, out ReadOnlySpan<byte> text, out ulong bits) ? bits : _pseudonymizer.Other(text);

    /// <summary>The id of what the event is about; its name is noted unless the record is refused for something found earlier.</summary>
    public TitleId Title(in JsonRecord record, bool pin)
    {
        if (!_lanes.Has(TitleLane) || record.Failed)
        {
            return Title(record, JsonField.Title, pin);
        }

        if (TryText(record, JsonField.Title, out ReadOnlySpan<byte> text, out ulong bits))
        {
            return new(bits);
        }

        var id = new TitleId(Hashed(TitleLane));
        Note(id, text, pin);
        return id;
    }

    /// <summary>A title's id; its name is noted unless the record is refused for something found earlier.</summary>
    public TitleId Title(in JsonRecord record, JsonField field, bool pin)
    {
        bool known = TryText(record, field, out ReadOnlySpan<byte> text, out ulong bits);
        return known || record.Failed ? new(bits) : _vocabulary.Titles.Note(text, pin);
    }

    // What the table held stays there until it pushes something out; names that it refused are not remembered, as it counts each time.
    private void Note(TitleId id, ReadOnlySpan<byte> text, bool pin)
    {
        NameTable titles = _vocabulary.Titles;
        long evicted = titles.Evicted;
        if (evicted != _evicted)
        {
            Array.Clear(_knownTitles);
            _evicted = evicted;
        }

        ref TitleId known = ref _knownTitles[(int)(id.Value & (KnownTitles - 1))];
        if (known == id && !pin)
        {
            return;
        }

        titles.Note(id, text, pin);
        if (!titles.Utf8NameOf(id).IsEmpty)
        {
            known = id;
        }
    }

    // 0 stands for "not given"; see Pseudonymizer.
    private ulong Hashed(int lane) => Math.Max(1, _lanes[lane]);

    // A text that is left to the pseudonymizer, or none if the lane or the bits have it.
    private ReadOnlySpan<byte> Place(in JsonRecord record, JsonField field, int lane, out ulong bits)
    {
        bits = 0;
        if (!record.Has(field) || TryText(record, field, out ReadOnlySpan<byte> text, out bits))
        {
            return default;
        }

        if (SipHashLanes.IsFast && (uint)(text.Length - 1) < SipHashLanes.MaxLength)
        {
            _lanes.Set(lane, text);
        }

        return text;
    }

    // The text is checked where it is read: what is wrong with it is not the first thing that a sender shall hear of.
    private void Foresee(in JsonRecord record, JsonField field, int lane)
    {
        if (SipHashLanes.IsFast && record.TryPlain(field, out ReadOnlySpan<byte> text) && text.Length <= SipHashLanes.MaxLength)
        {
            _lanes.Set(lane, text);
        }
    }

    /// <summary>Whether the text is a pseudonym that may be taken as it is.</summary>
    private bool TryText(in JsonRecord record, JsonField field, out ReadOnlySpan<byte> text, out ulong bits)
    {
        bits = 0;
        text = record.Text(field, RecordLimits.Id);
        return _trustPseudonyms && Pseudonym.TryParse(text, out bits);
    }
}
