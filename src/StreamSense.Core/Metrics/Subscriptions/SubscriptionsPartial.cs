using System.Runtime.InteropServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>What one shard knows of subscriptions at one moment, or several shards together.</summary>
/// <remarks>Immutable. Merging is associative and commutative, with <see cref="Empty"/> as its identity.</remarks>
internal sealed record SubscriptionsPartial(
    SampledRows<TrialRow> Trials,
    SampledRows<AccountRow> Accounts,
    Dictionary<Symbol, PlanCounts> Plans,
    Dictionary<PlanCurrency, RevenueSums> Revenue,
    long OverflowedPlans)
{
    public static SubscriptionsPartial Empty { get; } =
        new(SampledRows<TrialRow>.Empty, SampledRows<AccountRow>.Empty, [], [], 0);

    /// <summary>What both know.</summary>
    public SubscriptionsPartial Merge(SubscriptionsPartial other)
    {
        var plans = new Dictionary<Symbol, PlanCounts>(Plans);
        foreach (KeyValuePair<Symbol, PlanCounts> plan in other.Plans)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(plans, plan.Key, out _).Add(plan.Value);
        }

        var revenue = new Dictionary<PlanCurrency, RevenueSums>(Revenue);
        foreach (KeyValuePair<PlanCurrency, RevenueSums> sums in other.Revenue)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(revenue, sums.Key, out _).Add(sums.Value);
        }

        return new SubscriptionsPartial(
            Trials.Join(other.Trials), Accounts.Join(other.Accounts), plans, revenue, OverflowedPlans + other.OverflowedPlans);
    }
}
