using System.Numerics;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml.Candidates;

/// <summary>Proposes a few new titles, those least shown first, so that every title gets its chance to be found.</summary>
/// <remarks>
/// Showings are the <c>impression</c> events that a recommender hands on, counted a title. Titles shown about as often (within a factor
/// of two) are proposed by lot, drawn from the request: so requests at the same moment do not all get the same title, and the same
/// request gets the same titles. Any thread may read; one thread at a time writes.
/// </remarks>
public sealed class NewTitleCandidates : ICandidateSource, IEventConsumer
{
    private const int MaxQuota = 64;

    private readonly NewTitlesOptions _options;
    private readonly Catalogue _catalogue;
    private readonly CatalogueView<Arrivals> _arrivals;
    private readonly Lock _writerLock = new();
    private readonly RecentTable<Showings> _showings;

    /// <summary>Creates a source.</summary>
    /// <param name="catalogue">Knows when titles were published.</param>
    /// <param name="options">What is new; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public NewTitleCandidates(Catalogue catalogue, NewTitlesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        _options = options ?? new NewTitlesOptions();
        _options.Validate();
        _showings = new RecentTable<Showings>(2 * _options.MaxTitles);
        _arrivals = new CatalogueView<Arrivals>(catalogue, _options.RefreshInterval, MakeArrivals);
        _catalogue = catalogue;
    }

    /// <inheritdoc/>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            // Only of new titles: the memory is bounded by them, and old ones are not asked for.
            if (streamEvent.Kind == EventKind.Impression && _catalogue.Find(streamEvent.Title) is { Published: { } published }
                && streamEvent.Time < published + _options.NewFor)
            {
                lock (_writerLock)
                {
                    ref Showings showings = ref _showings.BeginWrite(streamEvent.Title.Value, out int row);
                    showings.Count++;
                    _showings.EndWrite(row);
                }
            }
        }
    }

    /// <inheritdoc/>
    public int Retrieve(in CandidateRequest request, Span<TitleId> destination)
    {
        EventTime now = request.Features.Time;
        int wanted = Math.Min(_options.Quota, destination.Length);
        Span<Proposal> best = stackalloc Proposal[MaxQuota];
        int count = 0;
        foreach (CatalogueTitle title in _arrivals.At(now).Newest)
        {
            EventTime published = title.Published!.Value;
            if (published + _options.NewFor <= now)
            {
                break;
            }

            long showings = _showings.TryRead(title.Id.Value, out Showings row) ? row.Count : 0;
            if (published <= now && showings < _options.EnoughShowings && title.IsAvailable(now, request.Country))
            {
                int level = BitOperations.Log2((ulong)showings + 1);
                var proposal = new Proposal(level, Lot(request.Request, title.Id), title.Id);
                count = ShortList.Insert(best[..wanted], count, proposal, default(LeastShownFirst));
            }
        }

        for (int i = 0; i < count; i++)
        {
            destination[i] = best[i].Title;
        }

        return count;
    }

    private static ulong Lot(RequestId request, TitleId title)
    {
        ulong mixed = (request.Value ^ BitOperations.RotateLeft(title.Value, 32)) * 0x9e3779b97f4a7c15UL;
        mixed = (mixed ^ (mixed >> 32)) * 0xd6e8feb86659fd93UL;
        return mixed ^ (mixed >> 32);
    }

    // Announced titles have room of their own, or a long programme would leave none for those that are out.
    private Arrivals MakeArrivals(Catalogue catalogue, EventTime now)
    {
        var published = new List<CatalogueTitle>();
        var announced = new List<CatalogueTitle>();
        int count = catalogue.Count;
        for (int i = 0; i < count; i++)
        {
            if (catalogue[i] is { Published: { } date } title)
            {
                (date <= now ? published : announced).Add(title);
            }
        }

        published.Sort(NewestFirst);
        announced.Sort(NewestFirst);
        return new Arrivals([.. announced.TakeLast(_options.MaxTitles), .. published.Take(_options.MaxTitles)]);
    }

    private static int NewestFirst(CatalogueTitle left, CatalogueTitle right) =>
        right.Published!.Value.CompareTo(left.Published!.Value) is var order and not 0
            ? order
            : left.Id.Value.CompareTo(right.Id.Value);

    private struct Showings
    {
        public long Count;
    }

    private readonly record struct Proposal(int Level, ulong Lot, TitleId Title);

    private readonly struct LeastShownFirst : IComparer<Proposal>
    {
        public int Compare(Proposal x, Proposal y) => x.Level != y.Level ? x.Level.CompareTo(y.Level)
            : x.Lot != y.Lot ? x.Lot.CompareTo(y.Lot)
            : x.Title.Value.CompareTo(y.Title.Value);
    }

    private sealed record Arrivals(CatalogueTitle[] Newest);
}
