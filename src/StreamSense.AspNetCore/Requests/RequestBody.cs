using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace StreamSense.AspNetCore.Requests;

/// <summary>Reads a request's body in chunks as they arrive, never more than a limit.</summary>
internal static class RequestBody
{
    /// <summary>Whether the request says itself that its body is larger than the limit, so that nothing of it needs to be read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">The limit in bytes.</param>
    public static bool IsDeclaredLarger(HttpRequest request, long limit) => request.ContentLength > limit;

    /// <summary>Reads the body and hands on each chunk.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">How many bytes are handed on at most.</param>
    /// <param name="feed">Takes a chunk, which is valid during the call only.</param>
    public static async ValueTask<BodyOutcome> ReadAsync(HttpContext context, long limit, Action<ReadOnlySequence<byte>> feed)
    {
        LiftServerLimit(context);
        PipeReader reader = context.Request.BodyReader;
        long read = 0;
        try
        {
            while (true)
            {
                ReadResult result = await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
                ReadOnlySequence<byte> buffer = result.Buffer;
                long room = limit - read;
                if (buffer.Length > room)
                {
                    feed(buffer.Slice(0, room));
                    reader.AdvanceTo(buffer.End);
                    return BodyOutcome.TooLarge;
                }

                feed(buffer);
                read += buffer.Length;
                reader.AdvanceTo(buffer.End);
                if (result.IsCompleted || result.IsCanceled)
                {
                    return result.IsCompleted ? BodyOutcome.Complete : BodyOutcome.Cut;
                }
            }
        }
        catch (BadHttpRequestException broken) when (broken.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return BodyOutcome.TooLarge;
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            return BodyOutcome.Cut;
        }
    }

    // The limit of these endpoints is an option of their own. The server's general one would throw away, unseen, what came within it.
    private static void LiftServerLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }
    }
}
