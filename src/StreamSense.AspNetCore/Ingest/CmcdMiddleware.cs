using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using StreamSense.AspNetCore.Hosting;
using StreamSense.AspNetCore.Requests;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Writes a media request for every request that carries CMCD, once its response is out.</summary>
/// <remarks>A request without CMCD passes through untouched. Nothing is awaited on the way, and where there is no room the event is
/// refused and counted, never the request.</remarks>
internal sealed class CmcdMiddleware(RequestDelegate next, StreamSenseHost host)
{
    private readonly RequestOrigin _origin = new(host.Options.Origin);

    /// <summary>Handles a request.</summary>
    public Task InvokeAsync(HttpContext context) =>
        CmcdCarrier.TryFind(context.Request, out CmcdCarrier carrier) ? ObserveAsync(context, carrier) : next(context);

    private async Task ObserveAsync(HttpContext context, CmcdCarrier carrier)
    {
        var observed = new Observed(host, context, carrier, _origin);
        context.Response.OnStarting(static state => ((Observed)state).Start(), observed);
        context.Response.OnCompleted(static state => ((Observed)state).Complete(), observed);
        IHttpResponseBodyFeature? body = context.Features.Get<IHttpResponseBodyFeature>();
        if (body is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        observed.Body = new CountedResponseBody(body);
        context.Features.Set<IHttpResponseBodyFeature>(observed.Body);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            context.Features.Set(body);
        }
    }

    private sealed class Observed(StreamSenseHost host, HttpContext context, CmcdCarrier carrier, RequestOrigin origin)
    {
        private readonly EventTime _receivedAt = EventTime.From(host.Clock.GetUtcNow());
        private readonly long _begun = host.Clock.GetTimestamp();
        private int _firstByte = Absent.Number;

        public CountedResponseBody? Body { get; set; }

        public Task Start()
        {
            _firstByte = Elapsed();
            return Task.CompletedTask;
        }

        public Task Complete()
        {
            bool isTakenElsewhere = context.GetEndpoint()?.Metadata.GetMetadata<CmcdRequestEndpoint.Mark>() is not null;
            if (!isTakenElsewhere)
            {
                var response = new CmcdResponse(context.Response.StatusCode, Body?.Sent ?? Absent.Time, _firstByte, Elapsed());

                // Not before: the host's look-ups may neither delay the request nor fail it.
                host.CmcdRequests.Take(carrier, origin.Of(context, _receivedAt), response);
            }

            return Task.CompletedTask;
        }

        private int Elapsed() => (int)Math.Clamp(host.Clock.GetElapsedTime(_begun).TotalMilliseconds, 0, int.MaxValue);
    }
}
