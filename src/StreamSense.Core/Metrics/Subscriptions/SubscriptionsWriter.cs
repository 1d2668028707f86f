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
        writer.WriteStartArray("months"u8);
        foreach (MonthlyChurn month in metrics.Months)
        {
            writer.WriteStartObject();
            writer.WriteString("month"u8, month.Month);
            writer.WriteNumber("openingSubscribers"u8, month.OpeningSubscribers);
            writer.WriteNumber("lostSubscribers"u8, month.LostSubscribers);
            writer.WriteNumberOrNull("churnRate"u8, month.ChurnRate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("plans"u8);
        foreach (PlanMetrics plan in metrics.Plans)
        {
            writer.WriteStartObject();
            writer.WriteString("plan"u8, plan.Plan);
            WriteMembers(writer, plan);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
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
        writer.WriteStartArray("revenue"u8);
        foreach (Revenue revenue in plan.Revenue)
        {
            writer.WriteStartObject();
            writer.WriteString("currency"u8, revenue.Currency);
            writer.WriteNumber("paid"u8, revenue.Paid);
            writer.WriteNumber("refunded"u8, revenue.Refunded);
            writer.WriteNumber("net"u8, revenue.Net);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
