using System.Net;
using System.Text.Json;
using static StreamSense.AspNetCore.Tests.HostedStreamSense;

namespace StreamSense.AspNetCore.Tests.Metrics;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task Get_WithNothingMeasured_IsAReportOfZerosAndNulls()
    {
        await using HostedStreamSense host = await StartAsync();

        JsonElement report = await host.MetricsAsync();

        Assert.Equal(["totals", "window", "metrics", "by"], report.EnumerateObject().Select(member => member.Name));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("window").GetProperty("from").ValueKind);
        Assert.Equal(0, report.GetProperty("metrics").GetProperty("plays").GetInt64());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("metrics").GetProperty("bufferingRatio").ValueKind);
        Assert.Equal("{}", report.GetProperty("totals").GetProperty("rejected").GetRawText());
        Assert.Equal(0, report.GetProperty("by").GetArrayLength());
    }

    [Fact]
    public async Task Get_ByTitle_BreaksDown()
    {
        await using HostedStreamSense host = await StartAsync();
        await host.PostAsync("events", Body(View("v1", "a") + View("v2", "b") + View("v3", "b")));

        JsonElement report = await host.MetricsAsync("?by=title");

        Assert.Equal(["b", "a"], report.GetProperty("by").EnumerateArray().Select(group => group.GetProperty("key").GetString()));
    }

    [Fact]
    public async Task Get_WithWindows_AddsTheLastOfThem()
    {
        await using HostedStreamSense host = await StartAsync();
        await host.PostAsync("events", Body(View("v1")));

        JsonElement report = await host.MetricsAsync("?window=5");

        JsonElement window = Assert.Single(report.GetProperty("windows").EnumerateArray());
        Assert.Equal("2026-01-01T10:00:00Z", window.GetProperty("from").GetString());
        Assert.Equal(4.5, window.GetProperty("metrics").GetProperty("watchSeconds").GetDouble());
    }

    [Fact]
    public async Task Get_WithSections_AddsThem()
    {
        await using HostedStreamSense host = await StartAsync();
        JsonElement plain = await host.MetricsAsync();
        JsonElement all = await host.MetricsAsync("?sections=all");
        Assert.False(plain.TryGetProperty("engagement", out _));
        Assert.True(all.TryGetProperty("engagement", out _));
        Assert.True(all.GetProperty("audience").TryGetProperty("visits", out _));
        Assert.True((await host.MetricsAsync("?sections=delivery,social")).TryGetProperty("delivery", out _));
    }

    [Theory]
    [InlineData("?by=colour", "by:")]
    [InlineData("?by=", "by:")]
    [InlineData("?window=-1", "window:")]
    [InlineData("?window=soon", "window:")]
    [InlineData("?window=100001", "window:")]
    [InlineData("?sections=weather", "sections:")]
    [InlineData("?sections=12345", "sections:")]
    [InlineData("?sections=", "sections:")]
    public async Task Get_WithABadQuestion_NamesTheParameter(string query, string expected)
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, JsonElement body) = await host.GetAsync($"metrics{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith(expected, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
