using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using StreamSense.AspNetCore.Health;
using StreamSense.AspNetCore.Hosting;
using StreamSense.AspNetCore.Ingest;
using StreamSense.AspNetCore.Metrics;
using StreamSense.AspNetCore.Ranking;

namespace StreamSense.AspNetCore;

/// <summary>The endpoints in front of a pipeline.</summary>
public static class StreamSenseEndpoints
{
    /// <summary>Maps the endpoints of StreamSense under a prefix.</summary>
    /// <remarks>
    /// <list type="table">
    /// <item><term><c>POST events</c></term><description>Canonical NDJSON, as <c>application/x-ndjson</c>, <c>application/json</c> or
    /// <c>text/plain</c> (a beacon). 200 with the counts of the body; 400 if no record of it could be taken, or it was cut; 413; 503 with
    /// <c>Retry-After</c> when there is no room. Records that came whole count whatever the answer.</description></item>
    /// <item><term><c>POST cmcd</c></term><description>CMCD version 2, event mode, as <c>application/cmcd</c> or <c>text/cmcd</c>. 204, or
    /// 200
    /// with the counts where some records were refused; otherwise as events.</description></item>
    /// <item><term><c>GET cmcd</c>, <c>HEAD cmcd</c></term><description>CMCD in the query or the headers of the request itself, as one
    /// media request. 204; 400 where there is none or it is refused; 503.</description></item>
    /// <item><term><c>POST sources/NAME</c></term><description>A body of another source, for each of
    /// <see cref="StreamSenseOptions.Sources"/>: a billing webhook, a collector's payload, a log. Answered as events
    /// are.</description></item>
    /// <item><term><c>GET metrics</c></term><description>The report of the tool, live. <c>?by=title|cdn|country|deviceKind</c> breaks it
    /// down,
    /// <c>?window=N</c> adds the last N windows (minutes by default), <c>?sections=engagement,audience</c> adds sections, or
    /// <c>all</c>.</description></item>
    /// <item><term><c>GET scorecard</c></term><description>How well each source delivers: losses, duplicates, lateness, clocks, and what
    /// the door refused; the worst first.</description></item>
    /// <item><term><c>POST rank</c></term><description><c>{viewer, surface, count, …}</c> gives <c>{request, surface, model,
    /// items}</c>; with <c>explain: true</c> each item says which sources proposed it, what the filters said, which features moved its
    /// score most, and where it stood after each step.</description></item>
    /// <item><term><c>GET health</c></term><description>Every account of the pipeline; 503 when it is not at work.</description></item>
    /// </list>
    /// Errors are problem details (RFC 9457). Addresses and user agents of clients are shown to the host's look-ups
    /// (<see cref="StreamSenseOptions.Origin"/>) and go no further. CORS, authentication and rate limits are
    /// the host's: the returned builder takes its conventions.
    /// </remarks>
    /// <param name="endpoints">Where to map them.</param>
    /// <param name="prefix">The prefix, for example <c>/streamsense</c>.</param>
    /// <returns>A builder for conventions of all of them.</returns>
    /// <exception cref="InvalidOperationException"><c>AddStreamSense</c> was not called.</exception>
    public static IEndpointConventionBuilder MapStreamSense(this IEndpointRouteBuilder endpoints, string prefix = "/streamsense")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        StreamSenseHost host = endpoints.ServiceProvider.GetService<StreamSenseHost>()
            ?? throw new InvalidOperationException("Call builder.Services.AddStreamSense() before MapStreamSense().");
        RouteGroupBuilder group = endpoints.MapGroup(prefix);
        group.MapPost("/events", (RequestDelegate)host.Events.HandleAsync);
        group.MapPost("/cmcd", (RequestDelegate)host.Cmcd.HandleAsync);
        group.MapMethods("/cmcd", CmcdRequestEndpoint.Methods, (RequestDelegate)new CmcdRequestEndpoint(host).HandleAsync)
            .WithMetadata(new CmcdRequestEndpoint.Mark());
        foreach ((string name, IngestEndpoint source) in host.Sources)
        {
            group.MapPost("/sources/" + name, (RequestDelegate)source.HandleAsync);
        }

        group.MapPost("/rank", (RequestDelegate)new RankEndpoint(host.Recommender, host.Pipeline, host.Options, host.Clock).HandleAsync);
        group.MapGet("/metrics", (RequestDelegate)new MetricsEndpoint(host.Pipeline).HandleAsync);
        group.MapGet("/scorecard", (RequestDelegate)new ScorecardEndpoint(host.Pipeline).HandleAsync);
        group.MapGet("/health", (RequestDelegate)new HealthEndpoint(host.Pipeline, host.Recommender, host.Gate).HandleAsync);
        return group;
    }
}
