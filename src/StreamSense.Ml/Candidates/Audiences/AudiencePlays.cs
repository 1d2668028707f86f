using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates.Audiences;

/// <summary>What one audience plays, and the list made of it.</summary>
/// <remarks>Written and listed under the lock of the owner; the list may be read by any thread.</remarks>
/// <param name="maxTitles">How many titles are remembered.</param>
internal sealed class AudiencePlays(int maxTitles)
{
    private readonly Dictionary<ulong, int> _places = [];
    private readonly Played[] _titles = new Played[maxTitles];
    private TitleId[] _list = [];
    private EventTime _listed;
    private int _count;
    private long _changes;
    private long _listedChanges;

    /// <summary>The titles, those played most first.</summary>
    public ReadOnlySpan<TitleId> List => Volatile.Read(ref _list);

    /// <summary>Counts a play.</summary>
    public void Add(TitleId title, double amount, EventTime time, HalfLife halfLife)
    {
        if (!_places.TryGetValue(title.Value, out int place))
        {
            if (_count == _titles.Length)
            {
                Keep(_count / 2, halfLife);
            }

            place = _count++;
            _titles[place] = new Played { Title = title };
            _places.Add(title.Value, place);
        }

        _titles[place].Plays.Add(amount, time, halfLife);
        Volatile.Write(ref _changes, _changes + 1);
    }

    /// <summary>Whether the list is older than it may be.</summary>
    public bool IsDue(EventTime now, TimeSpan refreshInterval) =>
        Volatile.Read(ref _changes) != Volatile.Read(ref _listedChanges)
        && (List.IsEmpty || (now - _listed).Duration() >= refreshInterval);

    /// <summary>Makes the list anew.</summary>
    public void MakeList(EventTime now, int length, HalfLife halfLife)
    {
        Sort(halfLife);
        var list = new TitleId[Math.Min(_count, length)];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = _titles[i].Title;
        }

        Volatile.Write(ref _list, list);
        _listed = now;
        Volatile.Write(ref _listedChanges, _changes);
    }

    private void Keep(int count, HalfLife halfLife)
    {
        Sort(halfLife);
        for (int i = count; i < _count; i++)
        {
            _places.Remove(_titles[i].Title.Value);
        }

        _count = count;
    }

    // All fade alike, so that the order is the same at every instant after the last play.
    private void Sort(HalfLife halfLife)
    {
        EventTime latest = default;
        foreach (ref readonly Played played in _titles.AsSpan(0, _count))
        {
            latest = played.Plays.At > latest ? played.Plays.At : latest;
        }

        foreach (ref Played played in _titles.AsSpan(0, _count))
        {
            played.Latest = played.Plays.ValueAt(latest, halfLife);
        }

        _titles.AsSpan(0, _count).Sort((left, right) => right.Latest.CompareTo(left.Latest) is var order and not 0
            ? order
            : left.Title.Value.CompareTo(right.Title.Value));
        for (int i = 0; i < _count; i++)
        {
            _places[_titles[i].Title.Value] = i;
        }
    }

    private struct Played
    {
        public TitleId Title;
        public DecayedSum Plays;
        public double Latest;
    }
}
