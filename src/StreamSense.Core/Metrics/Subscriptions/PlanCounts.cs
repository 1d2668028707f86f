using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>How often each step happened with a plan: sums that merge.</summary>
internal struct PlanCounts
{
    public long Started;
    public long Renewed;
    public long Cancelled;
    public long Expired;
    public long Paused;
    public long PlanChanges;
    public long BillingIssues;
    public long Refunds;

    public void Count(EventKind kind)
    {
        switch (kind)
        {
            case EventKind.SubscriptionStarted:
                Started++;
                break;
            case EventKind.SubscriptionRenewed:
                Renewed++;
                break;
            case EventKind.SubscriptionCancelled:
                Cancelled++;
                break;
            case EventKind.SubscriptionExpired:
                Expired++;
                break;
            case EventKind.SubscriptionPaused:
                Paused++;
                break;
            case EventKind.PlanChanged:
                PlanChanges++;
                break;
            case EventKind.BillingIssue:
                BillingIssues++;
                break;
            case EventKind.Refunded:
                Refunds++;
                break;
            default:
                break;
        }
    }

    public void Add(in PlanCounts other)
    {
        Started += other.Started;
        Renewed += other.Renewed;
        Cancelled += other.Cancelled;
        Expired += other.Expired;
        Paused += other.Paused;
        PlanChanges += other.PlanChanges;
        BillingIssues += other.BillingIssues;
        Refunds += other.Refunds;
    }
}
