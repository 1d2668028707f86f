using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>Which plan a viewer or household has, by what profiles and subscriptions have said.</summary>
/// <remarks>
/// Thread-safe: the cubes of all shards share one, as what is said of a viewer reaches another shard than the views. Bounded, the one
/// longest not written goes for a new one. Of each the last four changes by event time are kept, whatever their order. A first profile
/// row also holds for the time before it.
/// </remarks>
internal sealed class ViewerPlans(int maxPlans) : IDisposable
{
    private readonly Lock _writing = new();
    private readonly RecentTable<ViewerPlanRow> _viewers = new(maxPlans);
    private readonly RecentTable<ViewerPlanRow> _households = new(maxPlans);

    /// <summary>How many viewers and households were forgotten to make room.</summary>
    public long Evicted => _viewers.Evicted + _households.Evicted;

    /// <summary>Takes the plan of a profile or of a step of a subscription; leaves other events alone.</summary>
    public void Note(in StreamEvent e)
    {
        Symbol plan;
        if (e.Kind == EventKind.Profile)
        {
            plan = e.ReadPayload<ProfilePayload>().Plan;
            if (plan.IsNone)
            {
                return;
            }
        }
        else if (SubscriptionPayload.Holds(e.Kind) && e.Kind is not (EventKind.BillingIssue or EventKind.SubscriptionCancelled))
        {
            // What was cancelled or not paid still runs; it ends when it expires, or when the money goes back.
            bool ends = e.Kind is EventKind.SubscriptionExpired or EventKind.SubscriptionPaused or EventKind.Refunded;
            plan = ends ? Symbol.None : e.ReadPayload<SubscriptionPayload>().Plan;
        }
        else
        {
            return;
        }

        lock (_writing)
        {
            if (!e.Viewer.IsNone)
            {
                Note(_viewers, e.Viewer.Value, plan, e);
            }
            else if (!e.Household.IsNone)
            {
                Note(_households, e.Household.Value, plan, e);
            }
        }
    }

    /// <summary>The plan in force at an instant: the viewer's, else the household's.</summary>
    public Symbol PlanOf(ViewerId viewer, HouseholdId household, EventTime time)
    {
        if (!viewer.IsNone && _viewers.TryRead(viewer.Value, out ViewerPlanRow row) && row.At(time) is { IsNone: false } plan)
        {
            return plan;
        }

        return !household.IsNone && _households.TryRead(household.Value, out row) ? row.At(time) : Symbol.None;
    }

    public void Dispose()
    {
        _viewers.Dispose();
        _households.Dispose();
    }

    private static void Note(RecentTable<ViewerPlanRow> table, ulong key, Symbol plan, in StreamEvent e)
    {
        Symbol held = table.TryRead(key, out ViewerPlanRow copy) ? copy.At(e.Time) : Symbol.None;
        if (held == plan && !plan.IsNone)
        {
            // A renewal says nothing new and must not push out what was before.
            return;
        }

        table.BeginWrite(key, out int number).Note(e.Time, plan, isState: e.Kind == EventKind.Profile);
        table.EndWrite(number);
    }
}
