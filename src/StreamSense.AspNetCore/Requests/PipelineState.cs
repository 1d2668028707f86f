using Microsoft.AspNetCore.Http;

namespace StreamSense.AspNetCore.Requests;

/// <summary>Reads what a pipeline knows, for an answer.</summary>
internal static class PipelineState
{
    /// <summary>Reads; where the pipeline does not run, that is the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="read">Reads from the pipeline.</param>
    /// <returns>What was read; null if the request has been answered.</returns>
    public static async Task<T?> ReadAsync<T>(HttpContext context, Func<CancellationToken, ValueTask<T>> read)
        where T : class
    {
        try
        {
            return await read(context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception stopped)
            when (stopped is InvalidOperationException
            or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The pipeline is not running.")
                .ConfigureAwait(false);
            return null;
        }
    }
}
