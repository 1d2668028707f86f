using System.Globalization;
using Microsoft.AspNetCore.Http;
using StreamSense.AspNetCore.Requests;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Takes bodies of events of one format.</summary>
/// <param name="accepted">The content types of the format.</param>
/// <param name="rent">Rents a place where the body of a request goes in.</param>
/// <param name="gate">How many at once; shared by all formats.</param>
/// <param name="options">The limits.</param>
/// <param name="clock">Says when a body was received.</param>
/// <param name="isSilent">Whether a body without a fault is answered with nothing (204) rather than with its counts.</param>
internal sealed class IngestEndpoint(
    string[] accepted, Func<HttpRequest, IngestDoor> rent, RequestGate gate, StreamSenseOptions options, TimeProvider clock, bool isSilent)
{
    private readonly RequestOrigin _origin = new(options.Origin);

    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (MediaTypes.Objection(context.Request, accepted) is { } objection)
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, objection).ConfigureAwait(false);
        }
        else if (RequestBody.IsDeclaredLarger(context.Request, options.MaxBodyBytes))
        {
            await Problem.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, TooLarge(false)).ConfigureAwait(false);
        }
        else if (!gate.TryEnter())
        {
            await Problem.WriteBusyAsync(context, "Too many bodies are being read at once; none of this one was.", options.RetryAfter)
                .ConfigureAwait(false);
        }
        else
        {
            try
            {
                await TakeAsync(context).ConfigureAwait(false);
            }
            finally
            {
                gate.Leave();
            }
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        BodyOutcome outcome;
        IngestResult result;
        using (IngestDoor door = rent(context.Request))
        {
            door.Begin(_origin.Of(context, EventTime.From(clock.GetUtcNow())));
            outcome = await RequestBody.ReadAsync(context, options.MaxBodyBytes, chunk => door.Feed(chunk)).ConfigureAwait(false);
            result = door.Complete();
        }

        if (!context.RequestAborted.IsCancellationRequested)
        {
            await AnswerAsync(context, outcome, result).ConfigureAwait(false);
        }
    }

    private Task AnswerAsync(HttpContext context, BodyOutcome outcome, IngestResult result)
    {
        if (outcome == BodyOutcome.TooLarge)
        {
            return Problem.WriteAsync(
                context, StatusCodes.Status413PayloadTooLarge, TooLarge(true), writer => IngestAnswer.WriteMembers(writer, result));
        }

        if (outcome == BodyOutcome.Cut)
        {
            return Problem.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                "The body ended before its end; the records that came whole were taken.",
                writer => IngestAnswer.WriteMembers(writer, result));
        }

        if (result.IsFull)
        {
            return Problem.WriteBusyAsync(
                context,
                "There is no room for more events now; send the records after the first 'taken' again, or the whole body: "
                + "duplicates are known.",
                options.RetryAfter,
                writer => IngestAnswer.WriteMembers(writer, result));
        }

        if (result.Offered > 0 && result.Rejected == result.Offered)
        {
            return Problem.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                result.Errors is [{ } first, ..] ? $"No record could be taken. The first: {first}" : "No record could be taken.",
                writer => IngestAnswer.WriteMembers(writer, result));
        }

        if (isSilent && result.Rejected == 0)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, writer => IngestAnswer.Write(writer, result));
    }

    private string TooLarge(bool wasRead) => string.Create(
        CultureInfo.InvariantCulture,
        $"The body is larger than {options.MaxBodyBytes} bytes: "
        + $"{(wasRead ? "the records within that were taken" : "nothing of it was read")}; send smaller ones.");
}
