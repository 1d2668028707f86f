using System.Runtime.InteropServices;

namespace StreamSense.Core.Events.Payloads;

/// <summary>A step in the life of a subscription.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct SubscriptionPayload : IEventPayload
{
    /// <summary>The amount in millionths of the currency, or <see cref="Absent.Time"/>.</summary>
    public long AmountMillionths;

    /// <summary>When the period ends (Unix microseconds), or <see cref="Absent.Time"/>.</summary>
    public long PeriodEndMicroseconds;

    /// <summary>The plan, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Plan;

    /// <summary>The currency, a symbol of <see cref="Vocabulary.Terms"/>.</summary>
    public Symbol Currency;

    /// <inheritdoc/>
    public static bool Holds(EventKind kind) => kind is EventKind.TrialStarted
        or EventKind.TrialConverted
        or EventKind.SubscriptionStarted
        or EventKind.SubscriptionRenewed
        or EventKind.SubscriptionCancelled
        or EventKind.SubscriptionExpired
        or EventKind.SubscriptionPaused
        or EventKind.PlanChanged
        or EventKind.BillingIssue
        or EventKind.Refunded;
}
