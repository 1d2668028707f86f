using Microsoft.AspNetCore.Http;
using StreamSense.AspNetCore.Hosting;
using StreamSense.AspNetCore.Requests;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Takes the CMCD in the query or the headers of the request itself: for proxies that mirror requests, and for beacons.</summary>
internal sealed class CmcdRequestEndpoint(StreamSenseHost host)
{
    /// <summary>The methods it answers.</summary>
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    private readonly RequestOrigin _origin = new(host.Options.Origin);

    /// <summary>Handles a request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        if (!CmcdCarrier.TryFind(context.Request, out CmcdCarrier carrier))
        {
            return Problem.WriteAsync(
                context, StatusCodes.Status400BadRequest, "The request carries no CMCD: neither a CMCD header nor the argument CMCD.");
        }

        IngestOrigin origin = _origin.Of(context, EventTime.From(host.Clock.GetUtcNow()));
        IngestResult? result = host.CmcdRequests.Take(carrier, origin, CmcdResponse.Unknown);
        if (result is null || result.IsFull)
        {
            return Problem.WriteBusyAsync(context, "There is no room for more events now; send this one again.", host.Options.RetryAfter);
        }

        if (result.Rejected > 0)
        {
            string detail = result.Errors is [{ } first, ..] ? first.Message : "The CMCD cannot be taken.";
            return Problem.WriteAsync(context, StatusCodes.Status400BadRequest, detail);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Tells the middleware that the endpoint takes the CMCD of its requests itself.</summary>
    internal sealed class Mark;
}
