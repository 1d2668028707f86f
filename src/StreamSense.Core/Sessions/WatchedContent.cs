using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Sessions;

/// <summary>Follows which parts of its content a view plays: a position that play time moves on and a known playhead corrects.</summary>
/// <remarks>
/// <para>The shard's thread only. The position begins at the first known playhead. What was played before that counts from 0 until the
/// playhead is known, and then lies before it; of a live view without any playhead nothing is known.</para>
/// <para>A known playhead at most <see cref="JumpMicroseconds"/> off is the same run, whose end it corrects; one further off, or where a
/// seek has led, begins a new run. A view keeps at most <see cref="MaxRanges"/> runs. Beyond, it gives up their order and its replays
/// (<see cref="Condensed"/>): it keeps the union of what it has played, with its narrowest holes closed only if the union itself has
/// too many.</para>
/// </remarks>
internal sealed class WatchedContent(TitleTable titles, int maxChunks)
{
    /// <summary>The most runs of a view.</summary>
    public const int MaxRanges = 240;

    /// <summary>How far a known playhead may be off before it is a jump.</summary>
    public const long JumpMicroseconds = 1_000_000;

    /// <summary>No position is further from the beginning than this.</summary>
    public const long MostPlayhead = long.MaxValue / 4;

    private const int RangesOfChunk = 15;
    private const int RangesAfterCondensing = 180;

    private readonly ChainPool<WatchedRange> _pool = new(maxChunks, RangesOfChunk);
    private readonly WatchedRange[] _played = new WatchedRange[MaxRanges + 1];
    private readonly WatchedRange[] _union = new WatchedRange[MaxRanges + 1];

    /// <summary>How often a view gave up the order of its runs for room.</summary>
    public long Condensed { get; private set; }

    /// <summary>How many runs of views were lost: the pool of all views was full.</summary>
    public long Lost { get; private set; }

    /// <summary>Adds play time: the position moves on.</summary>
    public void Advance(ref ViewRow view, long length, int rateMillionths)
    {
        if (view.Position == Absent.Time)
        {
            if (IsLive(ref view))
            {
                return;
            }

            view.RangeFrom = 0;
            view.Position = 0;
            view.Set(ViewFlags.PositionAssumed);
        }

        long advance = rateMillionths == ViewRow.NormalRate
            ? length
            : (long)((Int128)length * Math.Max(0, rateMillionths) / ViewRow.NormalRate);
        view.Position = Math.Min(view.Position + Math.Min(advance, MostPlayhead), MostPlayhead);
    }

    /// <summary>Takes a known playhead.</summary>
    /// <param name="view">The view, up to whose last event play time has been added.</param>
    /// <param name="playhead">The playhead.</param>
    /// <param name="afterSeek">Whether a seek has led there.</param>
    public void Correct(ref ViewRow view, long playhead, bool afterSeek)
    {
        playhead = Math.Clamp(playhead, -MostPlayhead, MostPlayhead);
        if (view.Position == Absent.Time)
        {
            view.RangeFrom = playhead;
            view.Position = playhead;
            return;
        }

        if (view.Has(ViewFlags.PositionAssumed))
        {
            view.Clear(ViewFlags.PositionAssumed);
            if (!afterSeek)
            {
                view.RangeFrom = Math.Min(playhead, Math.Max(0, playhead - view.Position));
                view.Position = playhead;
                return;
            }
        }

        if (playhead == view.Position)
        {
            return;
        }

        if (afterSeek || Math.Abs(playhead - view.Position) > JumpMicroseconds)
        {
            Finish(ref view);
            view.RangeFrom = playhead;
        }

        view.RangeFrom = Math.Min(view.RangeFrom, playhead);
        view.Position = playhead;
    }

    /// <summary>Gives back what is kept of a view's runs.</summary>
    public void Forget(ref ViewRow view)
    {
        _pool.Return(ref view.Watched);
        view.WatchedCount = 0;
    }

    /// <summary>Gives a copy of a view's row runs of its own.</summary>
    public void Unshare(ref ViewRow copy)
    {
        if (!_pool.TryClone(copy.Watched, out copy.Watched))
        {
            Lost += copy.WatchedCount;
            copy.WatchedCount = 0;
        }
    }

    /// <summary>What a view has played so far, in order.</summary>
    /// <returns>Its runs; valid until the next call.</returns>
    public ReadOnlySpan<WatchedRange> Look(in ViewRow view)
    {
        int count = _pool.CopyTo(view.Watched, _played);
        if (view.Position > view.RangeFrom)
        {
            if (count > 0 && _played[count - 1].ToMicroseconds == view.RangeFrom)
            {
                _played[count - 1] = _played[count - 1] with { ToMicroseconds = view.Position };
            }
            else
            {
                _played[count++] = new WatchedRange(view.RangeFrom, view.Position);
            }
        }

        return _played.AsSpan(0, count);
    }

    /// <summary>The length of the content that runs cover, each part once.</summary>
    /// <param name="played">At most one run more than <see cref="MaxRanges"/>.</param>
    /// <param name="duration">The length of the content, or <see cref="Absent.Time"/>.</param>
    public long DistinctOf(ReadOnlySpan<WatchedRange> played, long duration)
    {
        played.CopyTo(_union);
        int count = WatchedUnion.Make(_union.AsSpan(0, played.Length));
        return WatchedUnion.Length(_union.AsSpan(0, count), duration);
    }

    // A view that says nothing of being live may still be of a live title; as for its length, the row in force at the attempt holds.
    private bool IsLive(ref ViewRow view)
    {
        if (!view.Has(ViewFlags.Live | ViewFlags.CatalogueAsked))
        {
            view.Set(ViewFlags.CatalogueAsked);
            if (titles.TryGet(view.Dimensions.Title, new EventTime(view.AttemptTime), out TitleFacts title) && title.Type == TitleType.Live)
            {
                view.Set(ViewFlags.CatalogueSaysLive);
            }
        }

        return view.Has(ViewFlags.Live | ViewFlags.CatalogueSaysLive);
    }

    private void Finish(ref ViewRow view)
    {
        if (view.Position <= view.RangeFrom)
        {
            return;
        }

        var range = new WatchedRange(view.RangeFrom, view.Position);
        if (view.WatchedCount == MaxRanges)
        {
            Condense(ref view);
        }

        if (!TryKeep(ref view, range))
        {
            Condense(ref view);
            Lost += TryKeep(ref view, range) ? 0 : 1;
        }
    }

    // A run that goes on where the last one ended makes that one longer.
    private bool TryKeep(ref ViewRow view, WatchedRange range)
    {
        if (view.Watched != 0)
        {
            ref WatchedRange last = ref _pool.Last(view.Watched);
            if (last.ToMicroseconds == range.FromMicroseconds)
            {
                last = last with { ToMicroseconds = range.ToMicroseconds };
                return true;
            }
        }

        if (!_pool.TryAdd(ref view.Watched, range))
        {
            return false;
        }

        view.WatchedCount++;
        return true;
    }

    private void Condense(ref ViewRow view)
    {
        if (view.WatchedCount == 0)
        {
            return;
        }

        Condensed++;
        int count = _pool.CopyTo(view.Watched, _union);
        count = WatchedUnion.Make(_union.AsSpan(0, count));
        count = WatchedUnion.Bridge(_union.AsSpan(0, count), RangesAfterCondensing);
        Forget(ref view);
        for (int i = 0; i < count; i++)
        {
            // Never refused: the chain is no longer than the one that was given back.
            TryKeep(ref view, _union[i]);
        }
    }
}
