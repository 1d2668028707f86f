using System.Text.Json;
using Microsoft.AspNetCore.Http;
using StreamSense.AspNetCore.Requests;
using StreamSense.Core;
using StreamSense.Core.Delivery;
using StreamSense.Core.Ingest;
using StreamSense.Ml;

namespace StreamSense.AspNetCore.Health;

/// <summary>Answers <c>GET health</c>: whether the pipeline is at work, and every account that it keeps.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="recommender">The recommender.</param>
/// <param name="gate">Who reads bodies.</param>
internal sealed class HealthEndpoint(StreamSensePipeline pipeline, Recommender recommender, RequestGate gate)
{
    /// <summary>Handles a request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        bool running = pipeline.IsRunning;
        int status = running ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return JsonAnswer.WriteAsync(context, status, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, running ? "running"u8 : "stopped"u8);
            WriteTotals(writer, pipeline.Totals);
            WriteRequests(writer);
            WriteSinks(writer);
            WriteRecommender(writer);
            writer.WriteEndObject();
        });
    }

    private static void WriteTotals(Utf8JsonWriter writer, PipelineTotals totals)
    {
        writer.WriteStartObject("totals"u8);
        writer.WriteNumber("offered"u8, totals.Offered);
        writer.WriteNumber("accepted"u8, totals.Admitted.Accepted);
        writer.WriteNumber("duplicates"u8, totals.Admitted.Duplicates);
        writer.WriteNumber("late"u8, totals.Admitted.Late);
        writer.WriteStartObject("rejected"u8);
        foreach (KeyValuePair<RejectReason, long> rejected in totals.Rejected)
        {
            if (rejected.Value > 0)
            {
                writer.WriteNumber(rejected.Key.ToString(), rejected.Value);
            }
        }

        writer.WriteEndObject();
        writer.WriteNumber("dropped"u8, totals.Dropped);
        writer.WriteNumber("pending"u8, totals.Pending);
        writer.WriteEndObject();
    }

    private void WriteRequests(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("bodies"u8);
        writer.WriteNumber("reading"u8, gate.Inside);
        writer.WriteNumber("turnedAway"u8, gate.Refused);
        writer.WriteEndObject();
    }

    private void WriteSinks(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("sinks"u8);
        foreach (BatchingDelivery delivery in pipeline.Deliveries)
        {
            DeliveryCounts counts = delivery.Counts;
            writer.WriteStartObject();
            writer.WriteString("name"u8, delivery.Name);
            writer.WriteNumber("enqueued"u8, counts.Enqueued);
            writer.WriteNumber("applied"u8, counts.Applied);
            writer.WriteNumber("dropped"u8, counts.Dropped);
            writer.WriteNumber("pending"u8, counts.Pending);
            writer.WriteNumber("failedAttempts"u8, counts.FailedAttempts);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteRecommender(Utf8JsonWriter writer)
    {
        RecommenderTotals totals = recommender.Totals;
        writer.WriteStartObject("recommender"u8);
        writer.WriteNumber("titles"u8, recommender.Catalogue.Count);
        writer.WriteNumber("requests"u8, totals.Requests);
        writer.WriteNumber("decisionsWritten"u8, totals.DecisionsWritten);
        writer.WriteNumber("decisionsLost"u8, totals.DecisionsLost);
        writer.WriteEndObject();
    }
}
