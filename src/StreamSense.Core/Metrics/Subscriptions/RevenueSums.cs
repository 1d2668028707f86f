using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>What was paid and given back, in millionths of a currency: sums that merge exactly.</summary>
internal struct RevenueSums
{
    public Int128 Paid;
    public Int128 Refunded;

    /// <summary>Whether an event of a kind says that money moved.</summary>
    public static bool Moves(EventKind kind) =>
        AccountRow.Activates(kind) || kind is EventKind.TrialStarted or EventKind.PlanChanged or EventKind.Refunded;

    public void Add(EventKind kind, in SubscriptionPayload payload)
    {
        // Some stores write what they give back as a negative amount, some as a positive one.
        if (kind == EventKind.Refunded)
        {
            Refunded += Int128.Abs(payload.AmountMillionths);
        }
        else
        {
            Paid += payload.AmountMillionths;
        }
    }

    public void Add(in RevenueSums other)
    {
        Paid += other.Paid;
        Refunded += other.Refunded;
    }
}
