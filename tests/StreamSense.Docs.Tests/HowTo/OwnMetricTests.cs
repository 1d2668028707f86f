using System.Text;
using StreamSense.Core;

namespace StreamSense.Docs.Tests.HowTo;

public sealed class OwnMetricTests
{
    [Fact]
    public async Task LeftAfterAStall_OneOfTwoPlays_IsAHalf()
    {
        #region docs/how-to/write-a-metric.md: use
        var leftAfterAStall = new LeftAfterAStall();
        await using StreamSensePipeline pipeline = StreamSensePipeline.CreateBuilder()
            .FollowSessions(leftAfterAStall)
            .Build();
        #endregion
        Assert.Null(leftAfterAStall.Share);

        await PlayAsync(pipeline);

        Assert.Equal(0.5, leftAfterAStall.Share);
    }

    private static async Task PlayAsync(StreamSensePipeline pipeline)
    {
        pipeline.Start();
        using (NdjsonDoor door = pipeline.RentNdjson())
        {
            door.Ingest.Feed(Encoding.UTF8.GetBytes(View("v-1", stall: true) + View("v-2", stall: false)));
            Assert.Equal(0, door.Ingest.Complete().Rejected);
        }

        await pipeline.DrainAsync();
    }

    private static string View(string view, bool stall)
    {
        string stalled = stall
            ? $$"""
              {"kind":"buffer_start","time":"2026-03-01T20:00:10Z","view":"{{view}}"}
              {"kind":"buffer_end","time":"2026-03-01T20:00:15Z","view":"{{view}}"}

              """
            : "";
        return $$"""
            {"kind":"playback_request","time":"2026-03-01T20:00:00Z","view":"{{view}}","title":"film-42","cdn":"east"}
            {"kind":"playback_start","time":"2026-03-01T20:00:01Z","view":"{{view}}"}
            {{stalled}}{"kind":"playback_end","time":"2026-03-01T20:00:20Z","view":"{{view}}","reason":"quit"}

            """;
    }
}
