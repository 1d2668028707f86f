using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>What is known of the paid subscriptions of one viewer or household.</summary>
/// <remarks>First and last times, and the latest of a kind, so that the order in which events come does not matter.</remarks>
internal struct AccountRow : IKeyedState<AccountRow>
{
    public Moment FirstActive;
    public Moment LastActive;
    public Moment FirstExpired;
    public Moment LastExpired;

    /// <summary>Which event last said what the plan is; the id decides within one instant.</summary>
    public Moment PlanGiven;
    public ulong PlanGivenBy;
    public Symbol Plan;

    /// <summary>The latest starts and expiries; renewals, which are many, only have their last time.</summary>
    public Turns Turns;

    /// <summary>Whether something was ever paid for.</summary>
    public readonly bool IsSubscriber => FirstActive.IsKnown;

    /// <summary>Whether the last that is known is that it expired.</summary>
    public readonly bool IsChurned => IsSubscriber && LastExpired.IsAfter(LastActive);

    /// <summary>Whether it was active, expired, and was active again.</summary>
    public readonly bool IsReactivated =>
        IsSubscriber
        && ((FirstExpired.IsKnown && !FirstActive.IsAfter(FirstExpired) && LastActive.IsAfter(FirstExpired))
            || (LastExpired.IsKnown && !FirstActive.IsAfter(LastExpired) && LastActive.IsAfter(LastExpired))
            || Turns.HasReturnAfter(FirstActive));

    /// <summary>Whether it was active just before an instant, as far as the turns that are kept tell.</summary>
    public readonly bool IsActiveAt(Moment instant)
    {
        if (!IsSubscriber || !instant.IsAfter(FirstActive))
        {
            return false;
        }

        Turn last = Turns.LastBefore(instant, out bool isBefore);
        if (!isBefore)
        {
            // A renewal began it; or the turns before are forgotten, and what expires next was active until then.
            return !Turns.IsFull || !last.Begins;
        }

        // A renewal after the last expiry is a return.
        return last.Begins || (LastActive.IsAfter(last.Time) && instant.IsAfter(LastActive));
    }

    public static bool Activates(EventKind kind) =>
        kind is EventKind.SubscriptionStarted or EventKind.SubscriptionRenewed or EventKind.TrialConverted;

    /// <inheritdoc/>
    public void Join(in AccountRow other)
    {
        FirstActive = Moment.Earliest(FirstActive, other.FirstActive);
        LastActive = Moment.Latest(LastActive, other.LastActive);
        FirstExpired = Moment.Earliest(FirstExpired, other.FirstExpired);
        LastExpired = Moment.Latest(LastExpired, other.LastExpired);
        Turns.Join(other.Turns);
        if (other.PlanGiven.IsAfter(PlanGiven) || (other.PlanGiven == PlanGiven && other.PlanGivenBy > PlanGivenBy))
        {
            PlanGiven = other.PlanGiven;
            PlanGivenBy = other.PlanGivenBy;
            Plan = other.Plan;
        }
    }

    public void Apply(in StreamEvent e, Symbol plan)
    {
        Moment time = Moment.At(e.Time);
        var part = new AccountRow { PlanGiven = time, PlanGivenBy = e.Id.Value, Plan = plan };
        if (Activates(e.Kind))
        {
            part.FirstActive = time;
            part.LastActive = time;
            if (e.Kind != EventKind.SubscriptionRenewed)
            {
                part.Turns.Add(new Turn(time, Begins: true));
            }
        }
        else if (e.Kind == EventKind.SubscriptionExpired)
        {
            part.FirstExpired = time;
            part.LastExpired = time;
            part.Turns.Add(new Turn(time, Begins: false));
        }

        Join(part);
    }
}
