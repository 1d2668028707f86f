using System.Text.Json;

namespace StreamSense.Core.Metrics.Subscriptions;

/// <summary>Writes <see cref="SubscriptionMetrics"/> as one JSON object.</summary>
internal static class SubscriptionsWriter
{
    public static void Write(Utf8JsonWriter writer, SubscriptionMetrics metrics)
    {
        writer.WriteStartObject();
        WriteMembers(writer, metrics.Totals);
        writer.WriteNumber("sampleShare"u8, metrics.SampleShare);
        writer.WriteObjects("months"u8, metrics.Months, static (json, month) =>
        {
            json.WriteString("month"u8, month.Month);
            json.WriteNumber("openingSubscribers"u8, month.OpeningSubscribers);
            json.WriteNumber("lostSubscribers"u8, month.LostSubscribers);
            json.WriteNumberOrNull("churnRate"u8, month.ChurnRate);
        });
        writer.WriteObjects("plans"u8, metrics.Plans, static (json, plan) =>
        {
            json.WriteString("plan"u8, plan.Plan);
            WriteMembers(json, plan);
        });
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, PlanMetrics plan)
    {
        writer.WriteNumber("trialsStarted"u8, plan.TrialsStarted);
        writer.WriteNumber("trialsConverted"u8, plan.TrialsConverted);
        writer.WriteNumber("trialsEnded"u8, plan.TrialsEnded);
        writer.WriteNumber("openTrials"u8, plan.OpenTrials);
        writer.WriteNumberOrNull("trialConversionRate"u8, plan.TrialConversionRate);
        writer.WriteNumber("subscriptionsStarted"u8, plan.SubscriptionsStarted);
        writer.WriteNumber("subscriptionsRenewed"u8, plan.SubscriptionsRenewed);
        writer.WriteNumber("subscriptionsCancelled"u8, plan.SubscriptionsCancelled);
        writer.WriteNumber("subscriptionsExpired"u8, plan.SubscriptionsExpired);
        writer.WriteNumber("subscriptionsPaused"u8, plan.SubscriptionsPaused);
        writer.WriteNumber("planChanges"u8, plan.PlanChanges);
        writer.WriteNumber("billingIssues"u8, plan.BillingIssues);
        writer.WriteNumber("refunds"u8, plan.Refunds);
        writer.WriteNumber("subscribers"u8, plan.Subscribers);
        writer.WriteNumber("activeSubscribers"u8, plan.ActiveSubscribers);
        writer.WriteNumber("churnedSubscribers"u8, plan.ChurnedSubscribers);
        writer.WriteNumberOrNull("churnRate"u8, plan.ChurnRate);
        writer.WriteNumber("reactivatedSubscribers"u8, plan.ReactivatedSubscribers);
        writer.WriteObjects("revenue"u8, plan.Revenue, static (json, revenue) =>
        {
            json.WriteString("currency"u8, revenue.Currency);
            json.WriteNumber("paid"u8, revenue.Paid);
            json.WriteNumber("refunded"u8, revenue.Refunded);
            json.WriteNumber("net"u8, revenue.Net);
        });
    }
}
