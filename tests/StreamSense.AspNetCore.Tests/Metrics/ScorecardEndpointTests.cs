using System.Text.Json;
using static StreamSense.AspNetCore.Tests.HostedStreamSense;

namespace StreamSense.AspNetCore.Tests.Metrics;

public sealed class ScorecardEndpointTests
{
    [Fact]
    public async Task Get_AfterDuplicatesAndABrokenLine_ShowsThem()
    {
        await using HostedStreamSense host = await StartAsync();
        await host.PostAsync("events", Body(View("v1") + View("v1") + "{\"kind\":\"no_such\"}\n"));
        await host.MetricsAsync();
        JsonElement card = JsonDocument.Parse(await host.Client.GetStringAsync("/streamsense/scorecard")).RootElement;
        JsonElement source = card.GetProperty("sources")[0];
        Assert.Equal(source.GetProperty("accepted").GetInt64(), source.GetProperty("duplicates").GetInt64());
        Assert.Equal(1, card.GetProperty("doors")[0].GetProperty("rejected").GetProperty("UnknownKind").GetInt64());
    }
}
