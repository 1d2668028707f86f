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
        if (await PipelineState.ReadAsync(context, pipeline.ReadScorecardAsync).ConfigureAwait(false) is not { } scorecard)
        {
            return;
        }

        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, writer => ScorecardWriter.Write(writer, scorecard))
            .ConfigureAwait(false);
    }
}
