using Microsoft.AspNetCore.Http;
using StreamSense.AspNetCore.Ingest;
using StreamSense.AspNetCore.Requests;
using StreamSense.Core;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Ml;

namespace StreamSense.AspNetCore.Hosting;

/// <summary>Puts pipeline, recommender and what stands in front of them together.</summary>
internal sealed class StreamSenseHost
{
    // Writers that the host's own code may rent besides the endpoints.
    private const int SpareWriters = 16 + CmcdRequestDoors.Count;

    /// <summary>Builds everything; nothing runs yet.</summary>
    /// <param name="options">What the host wants.</param>
    /// <param name="clock">The clock.</param>
    public StreamSenseHost(StreamSenseOptions options, TimeProvider clock)
    {
        options.Validate();
        Options = options;
        Clock = clock;
        StreamSensePipelineBuilder builder = StreamSensePipeline.CreateBuilder()
            .UseTime(clock)
            .Configure(pipeline =>
            {
                // A request that finds no room is answered with 503; a server's thread never waits for it.
                pipeline.Writers.FullMode = FullMode.Reject;
                pipeline.Consent = options.Consent;
                pipeline.Lanes.MaxLanes = ((3 + options.Sources.Count) * options.MaxConcurrentBodies) + SpareWriters;
            });
        options.Pipeline?.Invoke(builder);
        Pipeline = builder.BuildWithRecommender(out Recommender recommender, options.Ranking, options.Recommender);
        Recommender = recommender;
        Gate = new RequestGate(options.MaxConcurrentBodies);
        Events = new IngestEndpoint(MediaTypes.Events, RentEvents, Gate, options, clock, isSilent: false);
        options.Cmcd.DefaultConsent = options.Consent.Assumed;
        CmcdDoors = new CmcdDoors(Pipeline, options.Cmcd);
        CmcdRequests = new CmcdRequestDoors(Pipeline, options.Cmcd);
        SourceDoors = options.Sources.ToDictionary(
            source => source.Key, source => new SourceDoors(Pipeline, source.Value), StringComparer.Ordinal);
        Sources = SourceDoors.ToDictionary(
            source => source.Key,
            source => new IngestEndpoint(MediaTypes.Sources, _ => source.Value.Rent(), Gate, options, clock, isSilent: false),
            StringComparer.Ordinal);
        Cmcd = new IngestEndpoint(MediaTypes.Cmcd, _ => CmcdDoors.Rent(), Gate, options, clock, isSilent: true);
    }

    /// <summary>What the host wants.</summary>
    public StreamSenseOptions Options { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The pipeline.</summary>
    public StreamSensePipeline Pipeline { get; }

    /// <summary>The recommender.</summary>
    public Recommender Recommender { get; }

    /// <summary>Bounds how many bodies are read at once.</summary>
    public RequestGate Gate { get; }

    /// <summary>Takes canonical events.</summary>
    public IngestEndpoint Events { get; }

    /// <summary>Takes CMCD.</summary>
    public IngestEndpoint Cmcd { get; }

    /// <summary>The doors behind <see cref="Cmcd"/>.</summary>
    public CmcdDoors CmcdDoors { get; }

    /// <summary>Takes the bodies of other sources, by name.</summary>
    public IReadOnlyDictionary<string, IngestEndpoint> Sources { get; }

    /// <summary>The doors behind <see cref="Sources"/>.</summary>
    public IReadOnlyDictionary<string, SourceDoors> SourceDoors { get; }

    /// <summary>Takes the CMCD that requests carry themselves.</summary>
    public CmcdRequestDoors CmcdRequests { get; }

    /// <summary>Hands on CMCD records that have waited too long for an earlier one.</summary>
    public void ReleaseOverdueCmcd() => CmcdDoors.ReleaseOverdue(EventTime.From(Clock.GetUtcNow()));

    private IngestDoor RentEvents(HttpRequest request) => MediaTypes.IsMessagePack(request)
        ? new MessagePackBodyDoor(Pipeline.RentMessagePack())
        : new EventsDoor(Pipeline.RentNdjson());
}
