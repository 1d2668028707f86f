using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using StreamSense.AspNetCore.Hosting;
using StreamSense.AspNetCore.Health;
using static StreamSense.AspNetCore.Tests.HostedStreamSense;

namespace StreamSense.AspNetCore.Tests.Health;

public sealed class HealthEndpointTests
{
    [Fact]
    public async Task Get_WhileRunning_TellsEveryAccount()
    {
        await using HostedStreamSense host = await StartAsync();
        await host.PostAsync("events", Body(View("v1") + "nonsense\n"));
        await host.Pipeline.DrainAsync();

        (HttpStatusCode status, JsonElement body) = await host.GetAsync("health");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("running", body.GetProperty("status").GetString());
        JsonElement totals = body.GetProperty("totals");
        Assert.Equal(4, totals.GetProperty("offered").GetInt64());
        Assert.Equal(3, totals.GetProperty("accepted").GetInt64());
        Assert.Equal(1, totals.GetProperty("rejected").GetProperty("Malformed").GetInt64());
        Assert.Equal(0, totals.GetProperty("pending").GetInt64());
    }

    [Fact]
    public async Task Get_WhenThePipelineHasStopped_IsUnavailable()
    {
        var parts = new StreamSenseHost(new StreamSenseOptions(), TimeProvider.System);
        parts.Pipeline.Start();
        await parts.Pipeline.DisposeAsync();
        var context = new DefaultHttpContext();

        await new HealthEndpoint(parts.Pipeline, parts.Recommender, parts.Gate).HandleAsync(context);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, context.Response.StatusCode);
        parts.Recommender.Dispose();
    }
}
