using StreamSense.Core.Events;

namespace StreamSense.Core.Privacy;

/// <summary>Turns raw ids into pseudonyms at the door, so that no raw id is stored or passed on.</summary>
/// <remarks>
/// A pseudonym is SipHash-2-4 of the id under the host's key, with a domain of its own for each type of id: the same text as viewer and
/// as device gives two pseudonyms that cannot be joined. Thread-safe; allocates nothing.
/// </remarks>
/// <param name="key">The host's key.</param>
public sealed class Pseudonymizer(PseudonymKey key)
{
    private readonly SipHash _hash = new(key.Part0, key.Part1);

    private enum Domain : ulong
    {
        Viewer = 0x9e3779b97f4a7c15,
        Household = 0xbf58476d1ce4e5b9,
        Device = 0x94d049bb133111eb,
        View = 0xd6e8feb86659fd93,
        Visit = 0xa0761d6478bd642f,
        Request = 0xe7037ed1a0b428db,
        Event = 0x8ebc6af09c88c6e3,
        Sequence = 0x589965cc75374cc3,
        Content = 0x1d8e4e27c47d124f,
        Other = 0x2d358dccaa6c78a5,
        Unlinked = 0x8cb92ba72f3d8dd7,
    }

    /// <summary>The pseudonym of a viewer.</summary>
    /// <param name="utf8Id">The raw id as UTF-8; empty gives none.</param>
    public ViewerId Viewer(ReadOnlySpan<byte> utf8Id) => new(Hash(utf8Id, Domain.Viewer));

    /// <summary>The pseudonym of a household.</summary>
    /// <param name="utf8Id">The raw id as UTF-8; empty gives none.</param>
    public HouseholdId Household(ReadOnlySpan<byte> utf8Id) => new(Hash(utf8Id, Domain.Household));

    /// <summary>The pseudonym of a device.</summary>
    /// <param name="utf8Id">The raw id as UTF-8; empty gives none.</param>
    public DeviceId Device(ReadOnlySpan<byte> utf8Id) => new(Hash(utf8Id, Domain.Device));

    /// <summary>The pseudonym of a view.</summary>
    /// <param name="utf8Id">The raw id as UTF-8; empty gives none.</param>
    public ViewId View(ReadOnlySpan<byte> utf8Id) => new(Hash(utf8Id, Domain.View));

    /// <summary>An id that keeps the events of a view together and joins with no other id of it.</summary>
    /// <param name="view">The view's pseudonym; none gives none.</param>
    public ViewId Unlinked(ViewId view)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BitConverter.TryWriteBytes(bytes, view.Value);
        return view.IsNone ? view : new ViewId(Hash(bytes, Domain.Unlinked));
    }

    /// <summary>The pseudonym of a visit.</summary>
    /// <param name="utf8Id">The raw id as UTF-8; empty gives none.</param>
    public VisitId Visit(ReadOnlySpan<byte> utf8Id) => new(Hash(utf8Id, Domain.Visit));

    /// <summary>The hash of a ranking request's id.</summary>
    /// <param name="utf8Id">The raw id as UTF-8; empty gives none.</param>
    public RequestId Request(ReadOnlySpan<byte> utf8Id) => new(Hash(utf8Id, Domain.Request));

    /// <summary>The id of an event whose sender gave one.</summary>
    /// <param name="utf8Id">The raw id as UTF-8; empty gives none.</param>
    public EventId EventFrom(ReadOnlySpan<byte> utf8Id) => new(Hash(utf8Id, Domain.Event));

    /// <summary>The id of an event that is known by its place in a view.</summary>
    /// <param name="utf8Source">The source's name as UTF-8; may be empty.</param>
    /// <param name="view">The view.</param>
    /// <param name="sequence">The event's number within (source, view).</param>
    public EventId EventFrom(ReadOnlySpan<byte> utf8Source, ViewId view, uint sequence) => EventFrom(Source(utf8Source), view, sequence);

    /// <summary>The id of an event that is known by nothing but its content.</summary>
    /// <param name="content">A canonical form of the content.</param>
    public EventId EventFromContent(ReadOnlySpan<byte> content) => new(Hash(content, Domain.Content));

    /// <summary>The hash of an id of another type (an ad, a break, a post).</summary>
    /// <param name="utf8Id">The raw id as UTF-8; empty gives 0.</param>
    public ulong Other(ReadOnlySpan<byte> utf8Id) => Hash(utf8Id, Domain.Other);

    /// <summary>A hash of a part of an event's content, under the place where it stands.</summary>
    internal ulong Content(ReadOnlySpan<byte> content, ulong place) => _hash.Hash(content, (ulong)Domain.Content ^ place);

    /// <summary>The part of an event's place in a view that is the same for every event of a source.</summary>
    internal ulong Source(ReadOnlySpan<byte> utf8Source) => _hash.Hash(utf8Source, (ulong)Domain.Sequence);

    /// <inheritdoc cref="EventFrom(ReadOnlySpan{byte}, ViewId, uint)"/>
    internal EventId EventFrom(ulong source, ViewId view, uint sequence)
    {
        (ulong first, ulong second, uint third) = PlaceOf(source, view, sequence);
        ulong hash = _hash.HashTwenty(first, second, third, (ulong)Domain.Sequence);
        return new EventId(Math.Max(1, hash));
    }

    /// <summary>Ids of events as <see cref="EventFrom(ulong, ViewId, uint)"/> makes them, eight at once.</summary>
    /// <param name="places">The words of the eight places, as <see cref="PlaceOf"/> makes them: all first ones, all second, all third.</param>
    /// <param name="ids">The ids; needs <see cref="SipHashLanes.IsSupported"/>.</param>
    internal void EventsFrom(ReadOnlySpan<ulong> places, Span<ulong> ids)
    {
        _hash.HashTwenties(places, ids, (ulong)Domain.Sequence);
        foreach (ref ulong id in ids)
        {
            id = Math.Max(1, id);
        }
    }

    /// <summary>The twenty bytes that are hashed for an event's place in a view: the view, the number, the source.</summary>
    internal static (ulong First, ulong Second, uint Third) PlaceOf(ulong source, ViewId view, uint sequence) =>
        (view.Value, sequence | (source << 32), (uint)(source >> 32));

    // 0 stands for "not given"; the one id in 2^64 that hashes to it shares a pseudonym with another.
    private ulong Hash(ReadOnlySpan<byte> data, Domain domain) => data.IsEmpty ? 0 : Math.Max(1, _hash.Hash(data, (ulong)domain));
}
