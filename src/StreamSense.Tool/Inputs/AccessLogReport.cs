using System.Globalization;
using System.Text.Json;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;

namespace StreamSense.Tool.Inputs;

/// <summary>What a log says of itself beside its events: requests, visits, bots.</summary>
internal static class AccessLogReport
{
    /// <summary>The totals of the log that was read; null if it was none.</summary>
    /// <param name="ingest">The reader.</param>
    public static AccessLogTotals? Of(IEventIngest ingest) => (ingest as TranslatedIngest)?.Translator switch
    {
        CombinedLogTranslator log => log.Totals,
        W3cLogTranslator log => log.Totals,
        CloudFrontRealtimeTranslator log => log.Totals,
        _ => null,
    };

    /// <summary>Writes them as a member <c>accessLog</c>.</summary>
    public static void Write(Utf8JsonWriter writer, AccessLogTotals totals)
    {
        writer.WriteStartObject("accessLog"u8);
        writer.WriteNumber("lines"u8, totals.Lines);
        writer.WriteNumber("directives"u8, totals.Directives);
        writer.WriteNumber("requests"u8, totals.Requests);
        writer.WriteNumber("unreadable"u8, totals.Unreadable);
        writer.WriteNumber("botRequests"u8, totals.BotRequests);
        writer.WriteNumber("devices"u8, totals.Devices);
        writer.WriteNumber("botDevices"u8, totals.BotDevices);
        writer.WriteNumber("visits"u8, totals.Visits);
        writer.WriteNumber("botVisits"u8, totals.BotVisits);
        writer.WriteNumber("bytes"u8, totals.Bytes);
        writer.WriteNumber("clientErrors"u8, totals.ClientErrors);
        writer.WriteNumber("serverErrors"u8, totals.ServerErrors);
        writer.WriteNumber("givenUp"u8, totals.GivenUp);
        writer.WriteEndObject();
    }

    /// <summary>Says them in a line for people.</summary>
    public static string Say(AccessLogTotals totals) => string.Create(
        CultureInfo.InvariantCulture,
        $"access log: {totals.Requests:N0} requests in {totals.Visits:N0} visits of {totals.Devices:N0} devices; "
        + $"{totals.BotRequests:N0} requests in {totals.BotVisits:N0} of the visits by {totals.BotDevices:N0} bots");
}
