using System.Net;
using System.Text.Json;
using StreamSense.Core.Ingest.AccessLogs;
using static StreamSense.AspNetCore.Tests.HostedStreamSense;

namespace StreamSense.AspNetCore.Tests.Ingest;

public sealed class SourceEndpointTests
{
    private const string Line =
        "192.0.2.7 - - [01/Mar/2026:20:00:00 +0000] \"GET /film/seg-1.m4s HTTP/1.1\" 200 1234 \"-\" \"Mozilla/5.0 (iPhone)\"\n";

    [Fact]
    public async Task Post_ABodyOfAnotherSource_IsTakenByItsTranslator()
    {
        await using HostedStreamSense host = await StartAsync(
            options => options.Sources["edge-logs"] = pseudonymizer => new CombinedLogTranslator(pseudonymizer));

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("sources/edge-logs", Body(Line + "no log line\n", "text/plain"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, 1), (body.GetProperty("offered").GetInt32(), body.GetProperty("rejected").GetInt32()));
    }

    [Fact]
    public async Task Post_ToASourceThatIsNotThere_IsNotFound()
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, _) = await host.PostAsync("sources/edge-logs", Body(Line, "text/plain"));

        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task Start_WithASourceWhoseNameIsNoPath_Fails()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(
            options => options.Sources["edge/logs"] = pseudonymizer => new CombinedLogTranslator(pseudonymizer)));
    }
}
