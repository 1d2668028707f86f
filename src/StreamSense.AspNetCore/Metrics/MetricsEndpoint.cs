using System.Globalization;
using Microsoft.AspNetCore.Http;
using StreamSense.AspNetCore.Requests;
using StreamSense.Core;
using StreamSense.Core.Metrics;

namespace StreamSense.AspNetCore.Metrics;

/// <summary>Answers <c>GET metrics</c>.</summary>
/// <param name="pipeline">Measures.</param>
internal sealed class MetricsEndpoint(StreamSensePipeline pipeline)
{
    private const int MaxWindows = 100_000;

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!TryReadDimension(context.Request.Query["by"], out MetricsDimension by))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "by: one of title, cdn, country, deviceKind.")
                .ConfigureAwait(false);
            return;
        }

        if (!TryReadCount(context.Request.Query["window"], out int windows))
        {
            await Problem.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"window: a whole number from 0 to {MaxWindows}: how many of the last windows to add.")
                .ConfigureAwait(false);
            return;
        }

        if (!TryReadSections(context.Request.Query["sections"], out ReportSections sections))
        {
            await Problem.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                "sections: names with commas between them, of engagement, retention, audience, conversion, delivery, social, "
                + "subscriptions, samples, all and none.")
                .ConfigureAwait(false);
            return;
        }

        if (await PipelineState.ReadAsync(context, pipeline.ReadMetricsAsync).ConfigureAwait(false) is not { } snapshot)
        {
            return;
        }

        ReportTotals totals = pipeline.Totals.ToReport();
        await JsonAnswer.WriteAsync(
            context,
            StatusCodes.Status200OK,
            writer => MetricsReportWriter.WriteReport(writer, snapshot, totals, by, windows, sections: sections))
            .ConfigureAwait(false);
    }

    private static bool TryReadDimension(string? text, out MetricsDimension dimension)
    {
        (bool known, dimension) = text switch
        {
            null => (true, MetricsDimension.None),
            "title" => (true, MetricsDimension.Title),
            "cdn" => (true, MetricsDimension.Cdn),
            "country" => (true, MetricsDimension.Country),
            "deviceKind" => (true, MetricsDimension.DeviceKind),
            _ => (false, MetricsDimension.None),
        };
        return known;
    }

    // Without the parameter a report is what a dashboard asks for every second: the sections are worked out when asked for.
    private static bool TryReadSections(string? text, out ReportSections sections)
    {
        sections = ReportSections.None;
        return text is null
            || (!char.IsAsciiDigit(text.FirstOrDefault()) && Enum.TryParse(text, ignoreCase: true, out sections));
    }

    private static bool TryReadCount(string? text, out int count)
    {
        count = 0;
        return text is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= MaxWindows);
    }
}
