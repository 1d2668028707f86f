using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>What the metrics of a plan are worked out from.</summary>
internal sealed class PlanTally
{
    private readonly SortedDictionary<string, RevenueSums> _revenue = new(StringComparer.Ordinal);
    private PlanCounts _counts;
    private long _trialsStarted;
    private long _trialsConverted;
    private long _trialsEnded;
    private long _trialsOpen;
    private long _subscribers;
    private long _churned;
    private long _reactivated;

    public void Add(in PlanCounts counts) => _counts.Add(counts);

    public void Add(string currency, in RevenueSums sums)
    {
        RevenueSums sum = _revenue.GetValueOrDefault(currency);
        sum.Add(sums);
        _revenue[currency] = sum;
    }

    public void Add(in TrialRow trial, EventTime now, long scale)
    {
        _trialsStarted += trial.Started.IsKnown ? scale : 0;
        switch (trial.StateAt(now))
        {
            case TrialState.Converted:
                _trialsConverted += scale;
                break;
            case TrialState.Ended:
                _trialsEnded += scale;
                break;
            case TrialState.Open:
                _trialsOpen += scale;
                break;
            default:
                break;
        }
    }

    public void Add(in AccountRow account, long scale)
    {
        _subscribers += account.IsSubscriber ? scale : 0;
        _churned += account.IsChurned ? scale : 0;
        _reactivated += account.IsReactivated ? scale : 0;
    }

    public PlanMetrics ToMetrics(string? plan) => new()
    {
        Plan = plan,
        TrialsStarted = _trialsStarted,
        TrialsConverted = _trialsConverted,
        TrialsEnded = _trialsEnded,
        OpenTrials = _trialsOpen,
        TrialConversionRate = Ratio.Of(_trialsConverted, _trialsConverted + _trialsEnded),
        SubscriptionsStarted = _counts.Started,
        SubscriptionsRenewed = _counts.Renewed,
        SubscriptionsCancelled = _counts.Cancelled,
        SubscriptionsExpired = _counts.Expired,
        SubscriptionsPaused = _counts.Paused,
        PlanChanges = _counts.PlanChanges,
        BillingIssues = _counts.BillingIssues,
        Refunds = _counts.Refunds,
        Subscribers = _subscribers,
        ActiveSubscribers = _subscribers - _churned,
        ChurnedSubscribers = _churned,
        ChurnRate = Ratio.Of(_churned, _subscribers),
        ReactivatedSubscribers = _reactivated,
        Revenue = [.. _revenue.Select(sums => new Revenue(sums.Key, AmountOf(sums.Value.Paid), AmountOf(sums.Value.Refunded)))],
    };

    private static decimal AmountOf(Int128 millionths) => (decimal)millionths / 1_000_000m;
}
