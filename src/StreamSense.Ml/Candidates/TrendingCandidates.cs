using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>Proposes what is played most of late; where plays are equal, the newest.</summary>
/// <remarks>
/// A recommender hands on the facts of views, whose first frames are counted: a fading sum a title, which names nobody. Requests read an
/// immutable list. Plays of all titles fade alike, so that their order changes only by new plays or catalogue rows: a list is made anew
/// only after such, by the request that finds it due, while others go on with the former one. That costs one pass over the catalogue,
/// bounded by its capacity, and the only allocation is the new list. Several surfaces may share one.
/// </remarks>
public sealed class TrendingCandidates : ICandidateSource, IViewFactConsumer
{
    private readonly Catalogue _catalogue;
    private readonly HalfLife _halfLife;
    private readonly TimeSpan _refreshInterval;
    private readonly Lock _writerLock = new();
    private readonly RecentTable<DecayedSum> _plays;
    private readonly Lock _listing = new();
    private readonly Ranked[] _scratch;
    private readonly int _length;
    private List _list = new([], -1, -1, default);
    private long _counted;

    /// <summary>Creates a source.</summary>
    /// <param name="catalogue">Knows what there is.</param>
    /// <param name="options">How the list is kept; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public TrendingCandidates(Catalogue catalogue, TrendingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        options ??= new TrendingOptions();
        options.Validate();
        _catalogue = catalogue;
        _halfLife = new HalfLife(options.HalfLife);
        _plays = new RecentTable<DecayedSum>(options.MaxTitles);
        _refreshInterval = options.RefreshInterval;
        _length = Math.Min(options.ListLength, catalogue.Capacity);
        _scratch = new Ranked[2 * _length];
    }

    /// <summary>How many titles were forgotten to make room for others.</summary>
    public long TitlesEvicted => _plays.Evicted;

    /// <inheritdoc/>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        lock (_writerLock)
        {
            foreach (ref readonly ViewFact fact in facts)
            {
                if (fact.Kind == ViewFactKind.FirstFrame && !fact.Title.IsNone)
                {
                    _plays.BeginWrite(fact.Title.Value, out int row).Add(1, fact.Time, _halfLife);
                    _plays.EndWrite(row);
                    Interlocked.Increment(ref _counted);
                }
            }
        }
    }

    /// <inheritdoc/>
    public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
    {
        int count = 0;
        foreach (CatalogueTitle title in ListAt(request.Features.Time).Titles)
        {
            if (count == destination.Length)
            {
                break;
            }

            if (title.IsAvailable(request.Features.Time, request.Country))
            {
                destination[count++] = title.Id;
            }
        }

        return count;
    }

    private List ListAt(EventTime now)
    {
        List list = Volatile.Read(ref _list);
        if (!IsDue(list, now) || !_listing.TryEnter())
        {
            // Whoever comes while the very first list is made waits for it: an empty answer would be wrong.
            return list.CatalogueVersion >= 0 ? list : AfterFirst(now);
        }

        try
        {
            return ListIfDue(now);
        }
        finally
        {
            _listing.Exit();
        }
    }

    private List AfterFirst(EventTime now)
    {
        lock (_listing)
        {
            return ListIfDue(now);
        }
    }

    private List ListIfDue(EventTime now)
    {
        if (IsDue(_list, now))
        {
            // Versions are read first: what changes while listing makes the list old, never wrongly new.
            long catalogueVersion = _catalogue.Version;
            long counted = Interlocked.Read(ref _counted);
            Volatile.Write(ref _list, new List(SelectMostPlayed(now), catalogueVersion, counted, now));
        }

        return _list;
    }

    private bool IsDue(List list, EventTime now) =>
        list.CatalogueVersion != _catalogue.Version
        || (list.Counted != Interlocked.Read(ref _counted) && (now - list.Listed).Duration() >= _refreshInterval);

    // Keeps the best of at most twice the length and cuts in half whenever that is full: O(titles · log length), no allocation.
    private CatalogueTitle[] SelectMostPlayed(EventTime now)
    {
        int kept = 0;
        int titles = _catalogue.Count;
        for (int i = 0; i < titles; i++)
        {
            if (kept == _scratch.Length)
            {
                _scratch.AsSpan().Sort();
                kept = _length;
            }

            CatalogueTitle title = _catalogue[i];
            double plays = _plays.TryRead(title.Id.Value, out DecayedSum sum) ? sum.ValueAt(now, _halfLife) : 0;
            _scratch[kept++] = new Ranked(plays, title);
        }

        _scratch.AsSpan(0, kept).Sort();
        var list = new CatalogueTitle[Math.Min(kept, _length)];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = _scratch[i].Title;
        }

        _scratch.AsSpan().Clear();
        return list;
    }

    private sealed record List(CatalogueTitle[] Titles, long CatalogueVersion, long Counted, EventTime Listed);

    private readonly record struct Ranked(double Plays, CatalogueTitle Title) : IComparable<Ranked>
    {
        public int CompareTo(Ranked other)
        {
            int order = other.Plays.CompareTo(Plays);
            if (order == 0)
            {
                order = (other.Title.Published ?? default).CompareTo(Title.Published ?? default);
            }

            return order != 0 ? order : Title.Id.Value.CompareTo(other.Title.Id.Value);
        }
    }
}
