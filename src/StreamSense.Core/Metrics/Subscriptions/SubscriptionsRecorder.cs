using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>Follows trials and subscriptions through the events of a shard.</summary>
/// <remarks>The shard's thread only. Allocates only for accounts and plans that are new, until the bounds are reached.</remarks>
internal sealed class SubscriptionsRecorder
{
    private readonly KeyedSample<TrialRow> _trials;
    private readonly KeyedSample<AccountRow> _accounts;
    private readonly Dictionary<Symbol, PlanCounts> _plans = [];
    private readonly Dictionary<PlanCurrency, RevenueSums> _revenue = [];
    private readonly int _maxPlans;

    public SubscriptionsRecorder(SubscriptionOptions options)
    {
        options.Validate();
        _trials = new KeyedSample<TrialRow>(options.MaxAccounts);
        _accounts = new KeyedSample<AccountRow>(options.MaxAccounts);
        _maxPlans = options.MaxPlans;
    }

    /// <summary>How often a plan found no counters of its own.</summary>
    public long OverflowedPlans { get; private set; }

    /// <summary>Whether events of a kind matter here.</summary>
    public static bool Takes(EventKind kind) => SubscriptionPayload.Holds(kind);

    /// <summary>Takes an event; those that do not matter here are left alone.</summary>
    public void Apply(in StreamEvent e)
    {
        if (!Takes(e.Kind) || (e.Flags & EventFlags.Broadcast) != 0)
        {
            return;
        }

        ref readonly SubscriptionPayload payload = ref e.ReadPayload<SubscriptionPayload>();
        PlanRef(payload.Plan).Count(e.Kind);
        if (payload.AmountMillionths != Absent.Time && RevenueSums.Moves(e.Kind))
        {
            RevenueRef(new PlanCurrency(payload.Plan, payload.Currency)).Add(e.Kind, payload);
        }

        if (e.Viewer.IsNone && e.Household.IsNone)
        {
            return;
        }

        ulong account = !e.Viewer.IsNone ? StableHash.Of(e.Viewer.Value, 1) : StableHash.Of(e.Household.Value, 2);
        if (_accounts.TryGetOrAdd(account, out int row, out _))
        {
            _accounts[row].Apply(e, payload.Plan);
        }

        if (e.Kind is EventKind.TrialStarted or EventKind.TrialConverted or EventKind.SubscriptionExpired
            && _trials.TryGetOrAdd(StableHash.Of(account, payload.Plan.Value), out row, out _))
        {
            _trials[row].Apply(e.Kind, e.Time, payload);
        }
    }

    /// <summary>A copy that later events do not change.</summary>
    public SubscriptionsPartial Copy() => new(_trials.Copy(), _accounts.Copy(), new(_plans), new(_revenue), OverflowedPlans);

    private ref PlanCounts PlanRef(Symbol plan)
    {
        if (_plans.Count >= _maxPlans && !_plans.ContainsKey(plan))
        {
            OverflowedPlans++;
            plan = Symbol.Other;
        }

        return ref CollectionsMarshal.GetValueRefOrAddDefault(_plans, plan, out _);
    }

    private ref RevenueSums RevenueRef(PlanCurrency key)
    {
        if (_revenue.Count >= _maxPlans && !_revenue.ContainsKey(key))
        {
            OverflowedPlans++;
            key = new PlanCurrency(Symbol.Other, key.Currency);
            key = _revenue.Count >= 2 * _maxPlans && !_revenue.ContainsKey(key) ? new PlanCurrency(Symbol.Other, Symbol.Other) : key;
        }

        return ref CollectionsMarshal.GetValueRefOrAddDefault(_revenue, key, out _);
    }
}
