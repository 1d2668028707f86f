using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;

namespace StreamSense.Ml.Features.Segments;

/// <summary>Keeps simple facts of viewers, from which rules, scores and clusters make segments.</summary>
/// <remarks>
/// Fed by the pipeline with events and facts, one run at a time; read by any thread without a lock. Only of viewers who agree to
/// personalisation: who withdraws is forgotten. Bounded: the viewer longest not written makes room and is counted; some 120 bytes a viewer.
/// What is cancelled or not paid still runs: a plan ends when it expires or is paused. Of two that tell a plan the later one holds, in
/// whatever order they come.
/// </remarks>
public sealed class ViewerBook : IEventConsumer, IViewFactConsumer, IDisposable
{
    private readonly Lock _writerLock = new();
    private readonly Vocabulary _vocabulary;
    private readonly RecentTable<ViewerTraits> _viewers;

    /// <summary>Makes an empty book.</summary>
    /// <param name="vocabulary">The pipeline's names.</param>
    /// <param name="maxViewers">How many viewers it may hold.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxViewers"/> is less than 1.</exception>
    public ViewerBook(Vocabulary vocabulary, int maxViewers = 1_000_000)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxViewers, 1);
        _vocabulary = vocabulary;
        _viewers = new RecentTable<ViewerTraits>(maxViewers);
    }

    /// <summary>How many viewers it holds.</summary>
    public int Count => _viewers.Count;

    /// <summary>How many viewers were forgotten to make room for others.</summary>
    public long Evicted => _viewers.Evicted;

    /// <summary>Takes profiles, payments and changes of consent.</summary>
    /// <param name="batch">The events.</param>
    public void Consume(in EventBatch batch)
    {
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            switch (streamEvent.Kind)
            {
                case EventKind.ConsentChange:
                    if ((streamEvent.ReadPayload<ConsentPayload>().Granted & ConsentPurposes.Personalisation) == 0)
                    {
                        Forget(streamEvent.Viewer);
                    }

                    break;
                case EventKind.Profile:
                    TakeProfile(streamEvent);
                    break;
                case var kind when IsOfSubscription(kind):
                    TakeSubscription(streamEvent);
                    break;
            }
        }
    }

    /// <summary>Takes plays and watch time.</summary>
    /// <param name="facts">The facts.</param>
    public void Consume(ReadOnlySpan<ViewFact> facts)
    {
        foreach (ref readonly ViewFact fact in facts)
        {
            bool tells = fact.Kind == ViewFactKind.FirstFrame || (fact.Kind == ViewFactKind.Ended && fact.PlayMicroseconds > 0);
            if (!tells || fact.Viewer.IsNone || (fact.Consent & ConsentPurposes.Personalisation) == 0)
            {
                continue;
            }

            EventContext context = _vocabulary.Contexts[fact.Context];
            lock (_writerLock)
            {
                ref ViewerTraits traits = ref Open(fact.Viewer, fact.Time, out int row);
                traits.Country = context.Country.IsNone ? traits.Country : context.Country;
                traits.DeviceKind = context.DeviceKind.IsNone ? traits.DeviceKind : context.DeviceKind;
                if (fact.Kind == ViewFactKind.FirstFrame)
                {
                    traits.Plays++;
                    traits.LastPlay = fact.Time > traits.LastPlay ? fact.Time : traits.LastPlay;
                }
                else
                {
                    traits.WatchMicroseconds += fact.WatchMicroseconds;
                }

                _viewers.EndWrite(row);
            }
        }
    }

    /// <summary>What is known of a viewer.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="traits">A consistent copy.</param>
    /// <returns>False if nothing is.</returns>
    public bool TryRead(ViewerId viewer, out ViewerTraits traits)
    {
        traits = default;
        return !viewer.IsNone && _viewers.TryRead(viewer.Value, out traits);
    }

    /// <summary>Forgets a viewer, on a withdrawal of consent or a request for erasure.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <returns>Whether there was anything to forget.</returns>
    public bool Forget(ViewerId viewer)
    {
        lock (_writerLock)
        {
            return _viewers.Remove(viewer.Value);
        }
    }

    /// <summary>Copies all viewers, for jobs that look at all of them; others may go on writing.</summary>
    /// <returns>Each viewer as at one moment, though not all at the same; in ascending order of their ids.</returns>
    public (ViewerId Viewer, ViewerTraits Traits)[] ToArray()
    {
        var all = new List<(ViewerId Viewer, ViewerTraits Traits)>(Count);
        for (int row = 0; row < _viewers.RowsInUse; row++)
        {
            if (_viewers.TryReadAt(row, out ulong viewer, out ViewerTraits traits))
            {
                all.Add((new ViewerId(viewer), traits));
            }
        }

        all.Sort(static (a, b) => a.Viewer.Value.CompareTo(b.Viewer.Value));
        return [.. all];
    }

    /// <summary>Gives the memory back; from then on nobody is known.</summary>
    public void Dispose()
    {
        lock (_writerLock)
        {
            _viewers.Dispose();
        }
    }

    /// <summary>Whether events of a kind tell of plans and payments.</summary>
    internal static bool IsOfSubscription(EventKind kind) => kind is EventKind.TrialStarted or EventKind.TrialConverted
        or EventKind.SubscriptionStarted or EventKind.SubscriptionRenewed or EventKind.SubscriptionExpired or EventKind.SubscriptionPaused
        or EventKind.PlanChanged or EventKind.Refunded;

    private bool MayTake(in StreamEvent streamEvent) => !streamEvent.Viewer.IsNone
        && (_vocabulary.Contexts[streamEvent.Context].Consent & ConsentPurposes.Personalisation) != 0;

    private void TakeProfile(in StreamEvent streamEvent)
    {
        if (!MayTake(streamEvent))
        {
            return;
        }

        ref readonly ProfilePayload profile = ref streamEvent.ReadPayload<ProfilePayload>();
        EventContext context = _vocabulary.Contexts[streamEvent.Context];
        lock (_writerLock)
        {
            ref ViewerTraits traits = ref Open(streamEvent.Viewer, streamEvent.Time, out int row);
            SetPlan(ref traits, profile.Plan, streamEvent.Time);
            traits.Country = context.Country.IsNone ? traits.Country : context.Country;
            traits.Kids = profile.Kids;
            traits.Since = profile.SinceMicroseconds == Absent.Time ? traits.Since : new EventTime(profile.SinceMicroseconds);
            _viewers.EndWrite(row);
        }
    }

    private void TakeSubscription(in StreamEvent streamEvent)
    {
        if (!MayTake(streamEvent))
        {
            return;
        }

        ref readonly SubscriptionPayload payment = ref streamEvent.ReadPayload<SubscriptionPayload>();
        long amount = payment.AmountMillionths == Absent.Time ? 0 : payment.AmountMillionths;
        bool pays = streamEvent.Kind is EventKind.TrialConverted or EventKind.SubscriptionStarted or EventKind.SubscriptionRenewed;
        lock (_writerLock)
        {
            ref ViewerTraits traits = ref Open(streamEvent.Viewer, streamEvent.Time, out int row);
            if (streamEvent.Kind is EventKind.SubscriptionExpired or EventKind.SubscriptionPaused)
            {
                EndPlan(ref traits, payment.Plan, streamEvent.Time);
            }
            else
            {
                SetPlan(ref traits, payment.Plan, streamEvent.Time);
            }

            traits.Payments += pays ? 1 : 0;
            traits.AmountMillionths += pays ? amount : streamEvent.Kind == EventKind.Refunded ? -amount : 0;
            _viewers.EndWrite(row);
        }
    }

    private static void SetPlan(ref ViewerTraits traits, Symbol plan, EventTime time)
    {
        if (!plan.IsNone && time >= traits.PlanTold)
        {
            traits.Plan = plan;
            traits.PlanTold = time;
        }
    }

    // The end of a plan that the viewer has left already ends nothing.
    private static void EndPlan(ref ViewerTraits traits, Symbol plan, EventTime time)
    {
        if ((plan == traits.Plan || traits.Plan.IsNone) && time >= traits.PlanTold)
        {
            traits.Plan = Symbol.None;
            traits.PlanTold = time;
        }
    }

    private ref ViewerTraits Open(ViewerId viewer, EventTime time, out int row)
    {
        ref ViewerTraits traits = ref _viewers.BeginWrite(viewer.Value, out row);
        traits.FirstSeen = traits.FirstSeen == default || time < traits.FirstSeen ? time : traits.FirstSeen;
        return ref traits;
    }
}
