using System.Text;
using StreamSense.Core;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Privacy;
using StreamSense.Ml;
using StreamSense.Ml.Ranking;

namespace StreamSense.Docs.Tests.HowTo;

public sealed class ConsoleHostTests
{
    private const string Events =
        """
        {"kind":"title","time":"2026-03-01T19:00:00Z","id":"t-1","title":"film-42","name":"A film","type":"movie","durationMs":5400000}
        {"kind":"playback_request","time":"2026-03-01T20:00:00Z","view":"v-1","title":"film-42","viewer":"u-7"}
        {"kind":"playback_start","time":"2026-03-01T20:00:01.200Z","view":"v-1"}
        {"kind":"playback_end","time":"2026-03-01T20:30:00Z","view":"v-1","reason":"quit"}

        """;

    [Fact]
    public async Task Console_EventsFed_AreRankedBy()
    {
        string data = Directory.CreateTempSubdirectory("streamsense-docs").FullName;
        try
        {
            Assert.Equal("film-42", await RunAsync(data, Encoding.UTF8.GetBytes(Events)));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<string?> RunAsync(string data, byte[] events)
    {
        #region docs/how-to/embed-in-a-service.md: console
        await using StreamSensePipeline pipeline = StreamSensePipeline.CreateBuilder()
            .PseudonymiseWith(PseudonymKey.LoadOrCreate(Path.Combine(data, "pseudonym.key")))
            .Configure(options => options.Consent = ConsentPolicy.Assume(ConsentPurposes.Measurement | ConsentPurposes.Personalisation))
            .BuildWithRecommender(out Recommender recommender);
        pipeline.Start();

        using (NdjsonDoor door = pipeline.RentNdjson())
        {
            door.Ingest.Begin();
            door.Ingest.Feed(events);   // as often as bytes come; one thread at a time has a door
            IngestResult result = door.Ingest.Complete();
            Console.WriteLine($"{result.Written} of {result.Offered} events");
        }
        #endregion

        await pipeline.DrainAsync();
        var slate = new RankedTitle[1];
        int count = recommender.Rank(
            new RankRequest
            {
                Id = "request"u8,
                Surface = SurfaceNames.Home,
                Time = EventTime.From(new DateTimeOffset(2026, 3, 1, 21, 0, 0, TimeSpan.Zero)),
                Viewer = pipeline.Pseudonymizer.Viewer("u-7"u8),
                Consent = ConsentPurposes.All,
            },
            slate);
        return count == 0 ? null : pipeline.Vocabulary.Titles.NameOf(slate[0].Title);
    }
}
