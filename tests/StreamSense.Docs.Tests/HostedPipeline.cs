using System.Text;
using Microsoft.Extensions.DependencyInjection;
using StreamSense.AspNetCore;
using StreamSense.Core;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Ml;
using StreamSense.Ml.Ranking;

namespace StreamSense.Docs.Tests;

/// <summary>What a host has of StreamSense, without a server around it.</summary>
internal sealed class HostedPipeline : IAsyncDisposable
{
    private static readonly EventTime _now = EventTime.From(new DateTimeOffset(2026, 3, 1, 21, 0, 0, TimeSpan.Zero));

    private readonly ServiceProvider _services;

    public HostedPipeline(Action<StreamSenseOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddStreamSense(options => options.Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation));
        services.AddStreamSense(configure);
        _services = services.BuildServiceProvider();
        Recommender = _services.GetRequiredService<Recommender>();
        Pipeline.Start();
    }

    public StreamSensePipeline Pipeline => _services.GetRequiredService<StreamSensePipeline>();

    public Recommender Recommender { get; }

    public async Task FeedAsync(params string[] lines)
    {
        using (NdjsonDoor door = Pipeline.RentNdjson())
        {
            door.Ingest.Feed(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            Assert.Empty(door.Ingest.Complete().Errors);
        }

        await Pipeline.DrainAsync();
    }

    public List<string?> Rank(string surface)
    {
        var slate = new RankedTitle[20];
        int count = Recommender.Rank(new RankRequest { Id = "r-1"u8, Surface = surface, Time = _now }, slate);
        return [.. slate[..count].Select(slot => Pipeline.Vocabulary.Titles.NameOf(slot.Title))];
    }

    public async ValueTask DisposeAsync()
    {
        await Pipeline.DisposeAsync();
        await _services.DisposeAsync();
    }
}
