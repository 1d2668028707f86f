using StreamSense.Core.Events;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Training.Joins;

/// <summary>The slots of a ranking, waiting for what comes of them.</summary>
internal sealed class OpenRanking
{
    private readonly Slot[] _slots;

    public OpenRanking(in RankingRecord record)
    {
        Request = record.Request;
        Time = record.Time;
        Viewer = record.Viewer;
        int slots = record.Chosen.Length;
        int candidates = record.Candidates.Length;
        int columns = candidates == 0 ? 0 : record.Features.Length / candidates;
        _slots = new Slot[slots];
        Features = new float[slots * columns];
        for (int slot = 0; slot < slots; slot++)
        {
            int candidate = record.Chosen[slot];
            _slots[slot].Title = record.Candidates[candidate];
            _slots[slot].Propensity = record.Propensities.IsEmpty ? float.NaN : record.Propensities[slot];
            for (int column = 0; column < columns; column++)
            {
                Features[(slot * columns) + column] = record.Features[(column * candidates) + candidate];
            }
        }

        Columns = columns;
    }

    public RequestId Request { get; }

    public EventTime Time { get; }

    public ViewerId Viewer { get; }

    /// <summary>The features, slot after slot.</summary>
    public float[] Features { get; }

    public int Columns { get; }

    public Span<Slot> Slots => _slots;

    public int SlotOf(TitleId title)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Title == title)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>One title of the slate.</summary>
    internal struct Slot
    {
        public TitleId Title;
        public float Propensity;
        public bool Seen;
        public bool Clicked;
        public bool Requested;
        public bool Listed;
        public bool Converted;
        public double? Rating;
        public long VisibleMilliseconds;
        public EventTime LastPlayed;
        public List<WatchedView>? Views;

        public readonly bool IsCensored(OutcomeJoinOptions options)
        {
            bool any = false;
            foreach (WatchedView view in Views ?? [])
            {
                if (!view.IsCensored(options))
                {
                    return false;
                }

                any = true;
            }

            return any;
        }

        public readonly Outcome ToOutcome()
        {
            long watch = 0;
            bool played = false;
            bool completed = false;
            foreach (WatchedView view in Views ?? [])
            {
                watch += view.WatchMicroseconds;
                played |= view.FirstFrame is not null;
                completed |= view.IsCompleted;
            }

            return new Outcome(Seen, VisibleMilliseconds, Clicked, Requested, played, watch, completed, Rating, Listed, Converted);
        }
    }
}
