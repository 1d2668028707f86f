using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions.Inspection;

namespace StreamSense.Core.Sessions;

/// <summary>
/// Holds the time that only a later event decides: buffering that may be a stall, and starting time of what may become a
/// play.
/// </summary>
/// <remarks>
/// A view is never in both at once: there is no stall before the first frame, and no starting time after it. A stall's time is credited
/// when it closes, to the instants at which it elapsed.
/// </remarks>
internal sealed class StallLedger(ISessionObserver observer, WatchedContent watched, SessionLimits limits, ISessionTrace? trace)
{
    private readonly PendingPool _pool = new();

    /// <summary>Opens a buffering, unless one is open; what it is follows from the state before it.</summary>
    public static void OpenBuffering(ref ViewRow view, long time, BufferReason reason, long duration)
    {
        if (view.Has(ViewFlags.BufferOpen))
        {
            return;
        }

        bool stalls = view.State == ViewState.Playing && !IsSeekLike(reason);
        view.Set(ViewFlags.BufferOpen);
        if (stalls)
        {
            view.Set(ViewFlags.BufferStalls);
        }

        view.BufferStart = time;
        view.BufferDuration = duration;
    }

    public static bool IsSeekLike(BufferReason reason) => reason is BufferReason.Initial or BufferReason.Seek or BufferReason.Ad;

    /// <summary>Keeps starting time until it is known whether the attempt becomes a play.</summary>
    public void HoldStarting(ref ViewRow view, long start, long length) => Hold(ref view, start, length, length, beyond: false);

    /// <summary>Keeps rebuffering time until the buffering closes, cut where its own duration ends.</summary>
    public void HoldRebuffering(ref ViewRow view, long start, long length)
    {
        trace?.OnHeld(view, start, length);
        long within = view.BufferDuration == Absent.Time
            ? length
            : Math.Clamp(view.BufferStart + Math.Min(view.BufferDuration, long.MaxValue / 4) - start, 0, length);
        if (within > 0)
        {
            Hold(ref view, start, within, within, beyond: false);
        }

        if (within < length)
        {
            long rest = length - within;
            Hold(ref view, start + within, rest, Math.Min(rest, GapRule.Gap(view, limits)), beyond: true);
        }
    }

    /// <summary>The attempt became a play: its starting time is that of a play.</summary>
    public void ReleaseStarting(ref ViewRow view)
    {
        if (view.Pending == 0)
        {
            return;
        }

        ref PendingTime pending = ref _pool[view.Pending];
        for (int i = 0; i < pending.Count; i++)
        {
            observer.OnStartingOfPlay(CreditOf(pending.Items[i], ViewState.Starting, pending.Items[i].Length));
        }

        Drop(ref view);
    }

    /// <summary>Closes the open buffering by its own event.</summary>
    public void CloseByOwnEnd(ref ViewRow view, BufferReason reason)
    {
        if (view.Has(ViewFlags.BufferStalls))
        {
            if (IsSeekLike(reason))
            {
                ReleaseAsSeeking(ref view);
            }
            else
            {
                Decide(ref view, view.Last, ownEnd: true);
            }
        }

        view.Clear(ViewFlags.BufferOpen | ViewFlags.BufferStalls);
    }

    /// <summary>Closes the open buffering by anything else: it lasted at most as long as its own duration says.</summary>
    public void CloseOtherwise(ref ViewRow view)
    {
        Overtake(ref view);
        view.Clear(ViewFlags.BufferOpen);
    }

    /// <summary>A seek or an ad overtakes the buffering: a stall ends here, and what follows is part of the seek.</summary>
    public void Overtake(ref ViewRow view)
    {
        if (view.Has(ViewFlags.BufferStalls))
        {
            Decide(ref view, view.Last, ownEnd: false);
            view.Clear(ViewFlags.BufferStalls);
        }
    }

    /// <summary>Counts a buffering of which only the end and the length are known.</summary>
    public void CreditClosed(ref ViewRow view, long start, long length)
    {
        Hold(ref view, start, length, length, beyond: false);
        Decide(ref view, start + length, ownEnd: true);
    }

    /// <summary>Forgets what is held: an attempt ended without becoming a play.</summary>
    public void Drop(ref ViewRow view)
    {
        if (view.Pending != 0)
        {
            _pool.Return(view.Pending);
            view.Pending = 0;
        }
    }

    /// <summary>Gives a copy of a view's row undecided time of its own.</summary>
    public void Unshare(ref ViewRow copy)
    {
        if (copy.Pending != 0)
        {
            int place = _pool.Rent();
            _pool[place] = _pool[copy.Pending];
            copy.Pending = place;
        }
    }

    private static CreditedTime CreditOf(in PendingSegment segment, ViewState state, long length) =>
        new(state, segment.Start, length, segment.Groups, segment.Kbps, segment.RateMillionths, segment.Background);

    private void Hold(ref ViewRow view, long start, long length, long playable, bool beyond)
    {
        if (view.Pending == 0)
        {
            view.Pending = _pool.Rent();
        }

        _pool[view.Pending].Add(new PendingSegment
        {
            Start = start,
            Length = length,
            Playable = playable,
            Kbps = view.Kbps,
            Groups = view.Groups,
            RateMillionths = view.RateMillionths,
            Background = view.Has(ViewFlags.Background),
            BeyondDuration = beyond,
        });
    }

    private void ReleaseAsSeeking(ref ViewRow view)
    {
        if (view.Pending == 0)
        {
            return;
        }

        ref PendingTime pending = ref _pool[view.Pending];
        for (int i = 0; i < pending.Count; i++)
        {
            Credit(ref view, CreditOf(pending.Items[i], ViewState.Seeking, pending.Items[i].Length), CreditRule.SeekBuffering, limit: 0);
        }

        Drop(ref view);
    }

    // Event times win over a duration: with its own end all of a buffering is waiting, else only what its duration covers.
    private void Decide(ref ViewRow view, long time, bool ownEnd)
    {
        long waited = 0;
        if (view.Pending != 0)
        {
            ref PendingTime pending = ref _pool[view.Pending];
            for (int i = 0; i < pending.Count; i++)
            {
                waited += ownEnd || !pending.Items[i].BeyondDuration ? pending.Items[i].Length : 0;
            }
        }

        bool counts = waited >= limits.MinimumStall;
        ViewGroups begunIn = view.Groups;
        if (view.Pending != 0)
        {
            ref PendingTime pending = ref _pool[view.Pending];
            begunIn = pending.Items[0].Groups;
            for (int i = 0; i < pending.Count; i++)
            {
                ref PendingSegment segment = ref pending.Items[i];
                CreditDecided(ref view, segment, counts, ownEnd);
            }

            Drop(ref view);
        }

        if (counts)
        {
            // A player that changes the CDN because of a stall must not burden the new one with it.
            view.Stalls++;
            trace?.OnNote(view, ViewNote.StallCounted);
            observer.OnStall(begunIn, new EventTime(time));
            if (!view.Has(ViewFlags.Stalled))
            {
                view.Set(ViewFlags.Stalled);
                observer.OnFirstStall(view.PlayGroups);
            }
        }
        else
        {
            trace?.OnNote(view, ViewNote.BufferingTooShort);
        }
    }

    private void CreditDecided(ref ViewRow view, in PendingSegment segment, bool counts, bool ownEnd)
    {
        if (counts && (ownEnd || !segment.BeyondDuration))
        {
            Credit(ref view, CreditOf(segment, ViewState.Rebuffering, segment.Length), CreditRule.Stall, limits.MinimumStall);
            return;
        }

        bool beyond = segment.BeyondDuration && !ownEnd;
        CreditRule rule = beyond ? CreditRule.BeyondDuration : CreditRule.ShortBuffering;
        long limit = beyond && trace is not null ? GapRule.Gap(view, limits) : limits.MinimumStall;
        Credit(ref view, CreditOf(segment, ViewState.Playing, segment.Playable), rule, limit);
        if (segment.Playable < segment.Length)
        {
            view.Times.Unknown += segment.Length - segment.Playable;
            trace?.OnUnknown(view, segment.Start + segment.Playable, segment.Length - segment.Playable, rule, limit);
        }
    }

    private void Credit(ref ViewRow view, in CreditedTime time, CreditRule rule, long limit)
    {
        view.Times.Add(time);
        if (time.State == ViewState.Playing)
        {
            watched.Advance(ref view, time.Length, time.RateMillionths);
        }

        trace?.OnCredit(view, time, rule, limit);
        observer.OnTime(time);
    }
}
