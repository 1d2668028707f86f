using StreamSense.Core.Admission;
using StreamSense.Core.Admission.Identity;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Privacy;

namespace StreamSense.Core;

/// <summary>One shard: lanes in, admission, the sequenced ring, and the stages that follow it on the same thread.</summary>
/// <remarks>Passive: <see cref="Pump"/> is called by one thread at a time. Requests and totals may come from any thread.</remarks>
internal sealed class PipelineShard : IWaitable
{
    private const int ApplyBatch = 1024;
    private const int MaxDrainWaits = 100;

    // How much event time passes between two looks for silent views.
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrainSpell = TimeSpan.FromMilliseconds(100);

    private readonly AdmissionStage _admission;
    private readonly IdentityStage _identity;
    private readonly SessionStage _sessions;
    private readonly IEventConsumer[] _consumers;
    private readonly RingCursor _cursor;
    private readonly TimeProvider _time;
    private readonly ShardRequests _requests = new();
    private readonly SilenceClock _silenceClock;
    private readonly long _started;
    private long _lastAdmittedAt;
    private EventTime _advancedTo;
    private bool _ringWasFull;

    public PipelineShard(
        PipelineOptions options,
        LaneSet lanes,
        Vocabulary vocabulary,
        ConsentLedger choices,
        SessionStage sessions,
        IEventConsumer[] consumers,
        TimeProvider time,
        FailedEvents failed)
    {
        Lanes = lanes;
        Ring = new EventRing(options.Ring);
        _cursor = Ring.AddCursor();
        _admission = new AdmissionStage(vocabulary, options.Admission, failed);
        _identity = new IdentityStage(vocabulary.Contexts, options.Identity, choices);
        _sessions = sessions;
        _consumers = consumers;
        _time = time;
        _silenceClock = new SilenceClock(_admission, options.Admission, options.Sessions.SilenceLimit);
        _started = time.GetTimestamp();
    }

    /// <summary>Learns the plans of viewers before the sessions of the same batch close; null where there is none.</summary>
    public MetricCube? Cube { get; init; }

    /// <summary>The lanes that lead into the shard.</summary>
    public LaneSet Lanes { get; }

    /// <summary>The shard's order.</summary>
    public EventRing Ring { get; }

    /// <summary>What became of the records that reached the shard.</summary>
    public AdmissionTotals Totals => _admission.Totals;

    /// <summary>What is known of who is who.</summary>
    public IdentityCounts Identity => _identity.Counts;

    /// <inheritdoc/>
    public WaitGate Gate => Lanes.Gate;

    /// <inheritdoc/>
    public bool IsReady => Lanes.IsReady || _requests.IsPending || _admission.NextDue <= Now;

    private long Now => _time.GetElapsedTime(_started).Ticks;

    /// <summary>What the thread should wait for after a pump that did nothing.</summary>
    public IWaitable WaitsFor => _ringWasFull ? Ring.Room : this;

    /// <summary>How long the thread may sleep: until the next waiting event is due, or the clock of silent views should move.</summary>
    public TimeSpan MaxSleep
    {
        get
        {
            long due = _admission.NextDue;
            TimeSpan untilDue = due == long.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromTicks(Math.Max(0, due - Now));
            TimeSpan untilTick = _sessions.OpenViews > 0 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1);
            return untilDue < untilTick ? untilDue : untilTick;
        }
    }

    /// <summary>Moves up to a number of events through the shard.</summary>
    /// <param name="budget">How many events to take from the lanes at most.</param>
    /// <returns>How much was done; 0 if there was nothing to do.</returns>
    public int Pump(int budget)
    {
        int done = Apply();
        _admission.ReleaseDue(Now);
        done += PublishReady();
        done += TakeFromLanes(budget);
        done += Apply();
        AdvanceClock(idle: done == 0);
        _requests.Serve(this);
        return done;
    }

    /// <summary>Admits an event that was read back at start, pumping while the ring is full.</summary>
    public void Replay(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        StreamEvent replayed = streamEvent;
        if (AdmitOne(ref replayed, annex, Now) != AdmissionVerdict.Apply)
        {
            return;
        }

        while (!TryPublish(replayed, annex))
        {
            Apply();
        }
    }

    /// <summary>Lets nothing wait for an earlier event any more, and applies everything that has arrived (shard's thread).</summary>
    public void Drain()
    {
        for (int waits = 0; waits < MaxDrainWaits;)
        {
            int done = Pump(int.MaxValue);
            _admission.ReleaseAll();
            done += AdmitSettled(Now);
            _admission.ReleaseAll();
            done += PublishReady() + Apply();
            if (done == 0)
            {
                if (!_ringWasFull)
                {
                    return;
                }

                // A delivery holds the ring; it moves on another thread.
                WaitStrategy.Block.Wait(Ring.Room, DrainSpell);
                waits++;
            }
        }
    }

    /// <summary>A copy of the metrics as of now (shard's thread).</summary>
    public MetricsPartial Snapshot() => _sessions.Snapshot();

    /// <summary>A copy of the scorecard as of now (shard's thread).</summary>
    public ScorecardPartial Scorecard() => new(_admission.Ledger.Copy(), _sessions.CopyEnds());

    /// <summary>Has the shard's thread make a copy of the scorecard.</summary>
    public Task<ScorecardPartial> RequestScorecard() => Signalled(_requests.AddScorecard());

    /// <summary>Has the shard's thread make a copy of the metrics.</summary>
    public Task<MetricsPartial> RequestSnapshot() => Signalled(_requests.AddSnapshot());

    /// <summary>Has the shard's thread drain.</summary>
    public Task RequestDrain() => Signalled(_requests.AddDrain());

    /// <summary>Ends every open request: the shard has stopped.</summary>
    public void RefuseRequests() => _requests.Close();

    private T Signalled<T>(T task)
    {
        Gate.Signal();
        return task;
    }

    private int TakeFromLanes(int budget)
    {
        int taken = AdmitSettled(Now);
        while (taken < budget)
        {
            EventBatch batch = Lanes.Peek(Math.Min(ApplyBatch, budget - taken));
            if (batch.Events.IsEmpty)
            {
                break;
            }

            int admitted = Admit(batch);
            Lanes.Advance(admitted);
            taken += admitted;
            if (admitted < batch.Events.Length)
            {
                Apply();
                if (PublishReady() == 0 && !Ring.HasRoom)
                {
                    break;
                }
            }
        }

        return taken;
    }

    private int Admit(in EventBatch batch)
    {
        long now = Now;
        _lastAdmittedAt = now;
        int admitted = 0;
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            if (_admission.Unsettled.IsFull)
            {
                _admission.Unsettled.GiveUpOldest();
            }

            AdmitSettled(now);
            if (_admission.Unsettled.TryPeekSettled(out _) || !MakeRoom())
            {
                _ringWasFull = true;
                break;
            }

            StreamEvent judged = streamEvent;
            ReadOnlySpan<byte> annex = batch.AnnexOf(streamEvent);
            if (AdmitOne(ref judged, annex, now) == AdmissionVerdict.Apply)
            {
                TryPublish(judged, annex);
            }

            admitted++;
        }

        AdmitSettled(now);
        return admitted;
    }

    // Who logs in is known at once, even to events that have waited since before.
    private AdmissionVerdict AdmitOne(ref StreamEvent streamEvent, ReadOnlySpan<byte> annex, long now) =>
        Noted(_admission.Admit(ref streamEvent, annex, now), streamEvent);

    private AdmissionVerdict Noted(AdmissionVerdict verdict, in StreamEvent streamEvent)
    {
        if (verdict is AdmissionVerdict.Apply or AdmissionVerdict.Held)
        {
            _identity.Note(streamEvent);
        }

        return verdict;
    }

    private bool TryPublish(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        if (IdentityStage.IsForNotingOnly(streamEvent))
        {
            return true;
        }

        if (!_identity.Concerns(streamEvent))
        {
            return Ring.TryPublish(streamEvent, annex);
        }

        StreamEvent resolved = streamEvent;
        _identity.Resolve(ref resolved);
        return Ring.TryPublish(resolved, annex);
    }

    // Events whose clock has been settled go on before anything that came after them.
    private int AdmitSettled(long now)
    {
        UnsettledEvents unsettled = _admission.Unsettled;
        int admitted = 0;
        while (unsettled.TryPeekSettled(out int slot) && MakeRoom())
        {
            ref HeldEvents.Slot settled = ref unsettled[slot];
            AdmissionVerdict verdict = _admission.AdmitSettled(settled.Event, settled.AnnexBytes, now);
            if (Noted(verdict, settled.Event) == AdmissionVerdict.Apply)
            {
                TryPublish(settled.Event, settled.AnnexBytes);
            }

            unsettled.Advance();
            admitted++;
        }

        return admitted;
    }

    private bool MakeRoom()
    {
        if (_admission.Order.IsFull)
        {
            _admission.Order.ReleaseOldest();
        }

        PublishReady();
        if (_admission.Order.TryPeekReady(out _) || !Ring.HasRoom)
        {
            _ringWasFull = true;
            return false;
        }

        return true;
    }

    private int PublishReady()
    {
        EventOrder order = _admission.Order;
        int published = 0;
        while (order.TryPeekReady(out int slot))
        {
            ref HeldEvents.Slot held = ref order[slot];
            if (!TryPublish(held.Event, held.AnnexBytes))
            {
                _ringWasFull = true;
                break;
            }

            order.TryTakeReady(out _);
            order.Free(slot);
            published++;
        }

        return published;
    }

    private int Apply()
    {
        int applied = 0;
        _ringWasFull = false;
        for (EventBatch batch = _cursor.Peek(ApplyBatch); !batch.Events.IsEmpty; batch = _cursor.Peek(ApplyBatch))
        {
            Cube?.Consume(batch);
            _sessions.Consume(batch);
            foreach (IEventConsumer consumer in _consumers)
            {
                consumer.Consume(batch);
            }

            applied += batch.Events.Length;
            _cursor.Advance(batch.Events.Length);
        }

        return applied;
    }

    // Silent views end by event time; while no events come, by as much time as the clock has moved since the last one.
    private void AdvanceClock(bool idle)
    {
        if (_admission.Latest == default || _sessions.OpenViews == 0)
        {
            return;
        }

        long now = Now;
        EventTime known = _silenceClock.Read(now, idle ? TimeSpan.FromTicks(now - _lastAdmittedAt) : TimeSpan.Zero);
        if (known - _advancedTo >= ClockStep)
        {
            _advancedTo = known;
            _sessions.AdvanceTo(known);
        }
    }
}
