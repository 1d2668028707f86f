using System.Net;
using System.Text;
using StreamSense.Core;
using StreamSense.Core.Delivery;

namespace StreamSense.Docs.Tests.HowTo;

public sealed class OwnSinkTests
{
    private static readonly byte[] _events =
        """
        {"kind":"playback_request","time":"2026-03-01T20:00:00Z","view":"v-1","title":"film-42"}
        {"kind":"playback_end","time":"2026-03-01T20:30:00Z","view":"v-1","reason":"quit"}
        """u8.ToArray();

    [Fact]
    public async Task HttpSink_FarSideFailsOnce_GetsEveryEventOnce()
    {
        var farSide = new FarSide(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);

        DeliveryCounts counts = await DeliverAsync(farSide);

        Assert.Equal(2, counts.Applied);
        Assert.Contains("\"kind\":\"playback_end\"", farSide.Taken, StringComparison.Ordinal);
        Assert.Equal(2, farSide.Taken.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task HttpSink_FarSideRefuses_IsCountedAsDropped()
    {
        DeliveryCounts counts = await DeliverAsync(new FarSide(HttpStatusCode.BadRequest));

        Assert.Equal(0, counts.Applied);
        Assert.Equal(2, counts.Dropped);
    }

    private static async Task<DeliveryCounts> DeliverAsync(HttpMessageHandler farSide)
    {
        using var client = new HttpClient(farSide);
        var target = new Uri("http://analytics.invalid/events");
        #region docs/how-to/write-a-sink.md: use
        await using StreamSensePipeline pipeline = StreamSensePipeline.CreateBuilder()
            .DeliverTo(names => new HttpSink(client, target, names), new DeliveryOptions { MaxBatchEvents = 1000, MaxDelay = TimeSpan.FromSeconds(1) })
            .Build();
        #endregion
        pipeline.Start();
        using (NdjsonDoor door = pipeline.RentNdjson())
        {
            door.Ingest.Feed(_events);
            door.Ingest.Complete();
        }

        await pipeline.DrainAsync();
        await pipeline.DisposeAsync();
        return pipeline.Deliveries[0].Counts;
    }

    /// <summary>Answers one request after another with the next status, then with 200.</summary>
    private sealed class FarSide(params HttpStatusCode[] answers) : HttpMessageHandler
    {
        private int _requests;

        public string Taken { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            int number = Interlocked.Increment(ref _requests) - 1;
            HttpStatusCode status = number < answers.Length ? answers[number] : HttpStatusCode.OK;
            if (status == HttpStatusCode.OK)
            {
                Taken += Encoding.UTF8.GetString(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            }

            return new HttpResponseMessage(status);
        }
    }
}
