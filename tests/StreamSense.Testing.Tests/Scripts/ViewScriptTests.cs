using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Testing.Scripts;

namespace StreamSense.Testing.Tests.Scripts;

public sealed class ViewScriptTests
{
    [Fact]
    public void Verbs_InARow_SendWhatAPlayerWouldSend()
    {
        ViewScript script = ViewScript.Start("v1").Title("t1").Device("d1", "tv").Source("web")
            .Request().Wait(1).Play(30).Stall(10).Play(10).Pause(30).Seek(5, 2).Play(20).End();

        Assert.Equal(
            [
                "0 playback_request", "1 playback_start", "31 buffer_start", "41 buffer_end", "51 pause", "81 resume", "81 seek_start",
                "83 seek_end",
                "103 playback_end",
            ],
            script.Select(Outline));
        Assert.Equal(Enumerable.Range(0, 9), script.Select(scripted => Field(scripted, "seq").GetInt32()));
        Assert.Equal(25_000, Field(script[^1], "playheadMs").GetInt32());
        Assert.All(script, scripted => Assert.Equal("tv", Field(scripted, "deviceKind").GetString()));
    }

    [Fact]
    public void Rate_WhilePlaying_MovesThePlayheadByIt()
    {
        ViewScript script = ViewScript.Start("v").Play(10).Rate(0.5m).Play(120).End();

        Assert.Equal(70_000, Field(script[^1], "playheadMs").GetInt32());
    }

    [Fact]
    public void Heartbeats_WhileTimePasses_TellTheStateAndThePlayhead()
    {
        ViewScript script = ViewScript.Start("v").Play().Heartbeats(10, kbps: 1_200).Play(25).Pause(15).Heartbeats(0).Play(100).End();

        Assert.Equal(
            ["0 playback_start", "10 heartbeat", "20 heartbeat", "25 pause", "35 heartbeat", "40 resume", "140 playback_end"],
                script.Select(Outline));
        Assert.Equal("playing", Field(script[2], "state").GetString());
        Assert.Equal(20_000, Field(script[2], "playheadMs").GetInt32());
        Assert.Equal(1_200, Field(script[2], "bitrateKbps").GetInt32());
        Assert.Equal("paused", Field(script[4], "state").GetString());
        Assert.Equal(25_000, Field(script[4], "playheadMs").GetInt32());
    }

    [Fact]
    public void AdBreak_AroundAds_OpensAndClosesBoth()
    {
        ViewScript script = ViewScript.Start("v").Title("t").Request()
            .AdBreak("b", ads => ads.Ad("a1", 15).Ad("a2", 5, skipped: true), "pre").FirstFrame(20_500);

        Assert.Equal(
            [
                "0 playback_request", "0 ad_break_start", "0 ad_start", "15 ad_complete", "15 ad_start", "20 ad_skip", "20 ad_break_end",
                "20 playback_start",
            ],
            script.Select(Outline));
        Assert.Equal(20_500, Field(script[^1], "startupMs").GetInt32());
    }

    [Fact]
    public void WithoutSequence_AndWithIds_IdentifiesByIds()
    {
        ViewScript script = ViewScript.Start("v").WithoutSequence().WithIds().Play(1).Background().Background(background: false);

        Assert.Equal(["v-0", "v-1", "v-2"], script.Select(scripted => Field(scripted, "id").GetString()));
        Assert.All(script, scripted => Assert.False(JsonDocument.Parse(scripted.Line).RootElement.TryGetProperty("seq", out _)));
    }

    [Fact]
    public void From_AfterTheFirstEvent_Throws() =>
        Assert.Throws<InvalidOperationException>(() => ViewScript.Start("v").Play().From(EventTime.Earliest));

    [Fact]
    public void Interleave_OfTwoScripts_IsInTheOrderOfTimeAndKeepsEachOrder()
    {
        ViewScript a = ViewScript.Start("a").Play(10).At(5).Bitrate(300).At(20).End();
        ViewScript b = ViewScript.Start("b").At(7).Play(5).End();

        IReadOnlyList<ScriptedEvent> both = EventScript.Interleave(a, b);

        Assert.Equal(["0 playback_start", "5 bitrate_change", "7 playback_start", "12 playback_end", "20 playback_end"],
            both.Select(Outline));
        Assert.Equal(5, both.ToNdjson().Count(character => character == '\n'));
        Assert.Equal(both.ToNdjson().Length, both.ToUtf8Ndjson().Length);
    }

    [Fact]
    public void With_OfEveryType_WritesItsJson()
    {
        ScriptedEvent scripted = EventLine.Of("custom", EventTime.Earliest)
            .With("name", "Ä \"q\"").With("count", 1.50m).With("flag", true).With("list", ["a", "b"]).WithJson("fields", "{\"x\":1}")
            .With("none", (string?)null).With("none", (decimal?)null).With("none", (bool?)null).Build();

        Assert.Equal(
            "{\"kind\":\"custom\",\"time\":\"1990-01-01T00:00:00.000000Z\",\"name\":\"Ä \\\"q\\\"\",\"count\":1.50,\"flag\":true,"
            + "\"list\":[\"a\",\"b\"],\"fields\":{\"x\":1}}",
            scripted.Line);
    }

    private static string Outline(ScriptedEvent scripted)
    {
        EventTime start = EventTime.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return $"{(scripted.Time - start).TotalSeconds} {Field(scripted, "kind").GetString()}";
    }

    private static JsonElement Field(ScriptedEvent scripted, string name) =>
        JsonDocument.Parse(scripted.Line).RootElement.GetProperty(name);
}
