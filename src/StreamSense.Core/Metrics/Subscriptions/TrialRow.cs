using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>What is known of the trial of one plan by one viewer or household; times in Unix microseconds.</summary>
/// <remarks>Each member is a latest time, or goes with one, so that the order in which events come does not matter.</remarks>
internal struct TrialRow : IKeyedState<TrialRow>
{
    public Moment Started;
    public Moment Expired;

    /// <summary>The latest <c>trial_started</c> that said when the trial ends.</summary>
    public Moment PeriodGiven;
    public long PeriodEnd;
    public bool Converted;
    public Symbol Plan;

    /// <inheritdoc/>
    public void Join(in TrialRow other)
    {
        if (other.PeriodGiven.IsAfter(PeriodGiven) || (other.PeriodGiven == PeriodGiven && other.PeriodEnd > PeriodEnd))
        {
            PeriodGiven = other.PeriodGiven;
            PeriodEnd = other.PeriodEnd;
        }

        Started = Moment.Latest(Started, other.Started);
        Expired = Moment.Latest(Expired, other.Expired);
        Converted |= other.Converted;
        Plan = other.Plan.IsNone ? Plan : other.Plan;
    }

    public void Apply(EventKind kind, EventTime time, in SubscriptionPayload payload)
    {
        Plan = payload.Plan;
        var part = new TrialRow { Plan = payload.Plan };
        switch (kind)
        {
            case EventKind.TrialStarted:
                part.Started = Moment.At(time);
                if (payload.PeriodEndMicroseconds != Absent.Time)
                {
                    part.PeriodGiven = part.Started;
                    part.PeriodEnd = payload.PeriodEndMicroseconds;
                }

                break;
            case EventKind.TrialConverted:
                part.Converted = true;
                break;
            case EventKind.SubscriptionExpired:
                part.Expired = Moment.At(time);
                break;
            default:
                return;
        }

        Join(part);
    }

    public readonly TrialState StateAt(EventTime now)
    {
        if (Converted)
        {
            return TrialState.Converted;
        }

        if (!Started.IsKnown)
        {
            return TrialState.None;
        }

        // An expiry before the start was the end of something else.
        bool expired = Expired.IsKnown && !Started.IsAfter(Expired);

        // A trial begun again without an end of its own is not over because the one before it is.
        bool periodIsOfThis = PeriodGiven.IsKnown && (PeriodGiven == Started || PeriodEnd >= Started.UnixMicroseconds);
        return expired || (periodIsOfThis && PeriodEnd < now.UnixMicroseconds) ? TrialState.Ended : TrialState.Open;
    }
}
