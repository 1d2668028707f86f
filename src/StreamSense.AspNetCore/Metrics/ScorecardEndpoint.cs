using Microsoft.AspNetCore.Http;
using StreamSense.AspNetCore.Requests;
using StreamSense.Core;
using StreamSense.Core.Metrics;

namespace StreamSense.AspNetCore.Metrics;

/// <summary>Answers <c>GET scorecard</c>.</summary>
/// <param name="pipeline">Keeps the scores.</param>
internal sealed class ScorecardEndpoint(StreamSensePipeline pipeline)
{
    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        Scorecard scorecard;
        try
        {
            scorecard = await pipeline.ReadScorecardAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception stopped)
            when (stopped is InvalidOperationException
            or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The pipeline is not running.")
                .ConfigureAwait(false);
            return;
        }

        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, writer => ScorecardWriter.Write(writer, scorecard))
            .ConfigureAwait(false);
    }
}
