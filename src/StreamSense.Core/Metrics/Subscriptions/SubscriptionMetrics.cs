using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>The way from the trial to the paying subscriber and beyond, as a whole and by plan.</summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record SubscriptionMetrics
{
    private const string Unknown = "unknown";
    private const string Other = "other";

    /// <summary>All plans together.</summary>
    public PlanMetrics Totals { get; init; } = new();

    /// <summary>Each plan, by name; the one that was not named first.</summary>
    public IReadOnlyList<PlanMetrics> Plans { get; init; } = [];

    /// <summary>The last 13 months that began with a subscriber, the earliest first.</summary>
    public IReadOnlyList<MonthlyChurn> Months { get; init; } = [];

    /// <summary>
    /// The share of trials and of subscribers that was followed, the smaller of the two: 1 is all; below, their counts are estimates scaled
    /// up from a fair sample.
    /// </summary>
    public double SampleShare { get; init; } = 1;

    internal static SubscriptionMetrics Of(SubscriptionsPartial partial, Vocabulary vocabulary, EventTime now)
    {
        var totals = new PlanTally();
        var churn = new ChurnTally(now);
        var plans = new SortedDictionary<string, PlanTally>(StringComparer.Ordinal);
        foreach (KeyValuePair<Symbol, PlanCounts> plan in partial.Plans)
        {
            totals.Add(plan.Value);
            TallyOf(plan.Key).Add(plan.Value);
        }

        foreach (KeyValuePair<PlanCurrency, RevenueSums> revenue in partial.Revenue)
        {
            string currency = vocabulary.Terms.NameOf(revenue.Key.Currency) ?? Unknown;
            totals.Add(currency, revenue.Value);
            TallyOf(revenue.Key.Plan).Add(currency, revenue.Value);
        }

        foreach (ref readonly KeyedRow<TrialRow> trial in partial.Trials.Rows)
        {
            totals.Add(trial.Row, now, partial.Trials.Scale);
            TallyOf(trial.Row.Plan).Add(trial.Row, now, partial.Trials.Scale);
        }

        foreach (ref readonly KeyedRow<AccountRow> account in partial.Accounts.Rows)
        {
            totals.Add(account.Row, partial.Accounts.Scale);
            churn.Add(account.Row, partial.Accounts.Scale);
            TallyOf(account.Row.Plan).Add(account.Row, partial.Accounts.Scale);
        }

        return new SubscriptionMetrics
        {
            Totals = totals.ToMetrics(plan: null),
            Plans = [.. plans.Select(plan => plan.Value.ToMetrics(plan.Key.Length == 0 ? null : plan.Key))],
            Months = churn.ToMetrics(),
            SampleShare = 1.0 / Math.Max(partial.Trials.Scale, partial.Accounts.Scale),
        };

        // A plan without counters of its own, for want of room, goes with the others in everything.
        PlanTally TallyOf(Symbol plan)
        {
            string name = partial.Plans.ContainsKey(plan) ? vocabulary.Terms.NameOf(plan) ?? string.Empty : Other;
            if (!plans.TryGetValue(name, out PlanTally? tally))
            {
                tally = new PlanTally();
                plans.Add(name, tally);
            }

            return tally;
        }
    }
}
