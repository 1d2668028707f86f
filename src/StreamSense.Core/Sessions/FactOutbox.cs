using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Sessions;

/// <summary>Collects the facts of a batch and hands them on in runs.</summary>
internal sealed class FactOutbox(IViewFactConsumer? consumer, ContextTable contexts)
{
    private const int Capacity = 64;

    private readonly ViewFact[] _facts = consumer is null ? [] : new ViewFact[Capacity];
    private int _count;

    /// <summary>Whether facts are not told: what happens was told already, or is being undone.</summary>
    public bool IsMuted { get; set; }

    /// <summary>The end of a view: told once, whatever is amended later.</summary>
    public void AddEnd(ref ViewRow view, EventTime time, EndReason reason)
    {
        if (!IsMuted && !view.Has(ViewFlags.EndTold))
        {
            view.Set(ViewFlags.EndTold);
            Add(view, ViewFactKind.Ended, time, reason);
        }
    }

    public void Add(in ViewRow view, ViewFactKind kind, EventTime time, EndReason reason = EndReason.None)
    {
        if (consumer is null || IsMuted)
        {
            return;
        }

        _facts[_count++] = new ViewFact
        {
            View = view.View,
            Viewer = view.Viewer,
            Household = view.Household,
            Device = view.Device,
            Visit = view.Visit,
            Title = view.Dimensions.Title,
            Request = view.Request,
            Time = time,
            PlayheadMicroseconds = view.Playhead,
            PlayMicroseconds = view.Times.Playing + view.Waiting,
            WatchMicroseconds = view.Times.Watch + view.Waiting,
            Context = view.Context,
            Cdn = view.Dimensions.Cdn,
            Consent = contexts[view.Context].Consent,
            Reason = reason,
            Kind = kind,
            Live = view.Has(ViewFlags.Live),
        };
        if (_count == Capacity)
        {
            Flush();
        }
    }

    public void AddJoin(in StreamEvent login)
    {
        long since = login.ReadPayload<LoginPayload>().JoinsSinceMicroseconds;
        if (consumer is null || since == 0)
        {
            return;
        }

        _facts[_count++] = new ViewFact
        {
            Kind = ViewFactKind.Joined,
            Viewer = login.Viewer,
            Household = login.Household,
            Device = login.Device,
            Visit = login.Visit,
            Time = login.Time,
            JoinsSince = new EventTime(since),
            PlayheadMicroseconds = Absent.Time,
            Context = login.Context,
            Consent = contexts[login.Context].Consent,
        };
        if (_count == Capacity)
        {
            Flush();
        }
    }

    public void Flush()
    {
        if (_count > 0)
        {
            int count = _count;
            _count = 0;
            consumer!.Consume(_facts.AsSpan(0, count));
        }
    }
}
