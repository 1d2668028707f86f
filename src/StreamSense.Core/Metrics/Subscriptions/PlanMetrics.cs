namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>Trials and subscriptions of a plan, or of all plans.</summary>
/// <remarks>Immutable. Counts of steps count events; trials and subscribers count once each, however many events they have.</remarks>
public sealed record PlanMetrics
{
    /// <summary>The plan; null for the one that was not named, and for all plans.</summary>
    public string? Plan { get; init; }

    /// <summary>Trials that started, by (viewer or household, plan).</summary>
    public long TrialsStarted { get; init; }

    /// <summary>Trials that were paid for.</summary>
    public long TrialsConverted { get; init; }

    /// <summary>Trials that expired, or whose period is over, without being paid for.</summary>
    public long TrialsEnded { get; init; }

    /// <summary>Trials that go on.</summary>
    public long OpenTrials { get; init; }

    /// <summary>Converted ÷ (converted + ended) trials; null if there are none.</summary>
    public double? TrialConversionRate { get; init; }

    /// <summary>Starts of subscriptions.</summary>
    public long SubscriptionsStarted { get; init; }

    /// <summary>Renewals.</summary>
    public long SubscriptionsRenewed { get; init; }

    /// <summary>Cancellations: decisions not to renew; access goes on until the expiry.</summary>
    public long SubscriptionsCancelled { get; init; }

    /// <summary>Expiries, of trials too: ends of access.</summary>
    public long SubscriptionsExpired { get; init; }

    /// <summary>Pauses.</summary>
    public long SubscriptionsPaused { get; init; }

    /// <summary>Changes to the plan.</summary>
    public long PlanChanges { get; init; }

    /// <summary>Payments that failed.</summary>
    public long BillingIssues { get; init; }

    /// <summary>Refunds.</summary>
    public long Refunds { get; init; }

    /// <summary>Viewers or households that ever paid: a start, a renewal or a converted trial; by their last plan.</summary>
    public long Subscribers { get; init; }

    /// <summary>Subscribers whose last word is not an expiry.</summary>
    public long ActiveSubscribers { get; init; }

    /// <summary>Subscribers whose last word is an expiry.</summary>
    public long ChurnedSubscribers { get; init; }

    /// <summary>Churned ÷ all subscribers, over all that is known; null without subscribers.</summary>
    public double? ChurnRate { get; init; }

    /// <summary>Subscribers that expired and became active again.</summary>
    public long ReactivatedSubscribers { get; init; }

    /// <summary>What was paid, by currency.</summary>
    public IReadOnlyList<Revenue> Revenue { get; init; } = [];
}
