using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Snowplow;
using StreamSense.Core.Tests.Ingest.AccessLogs;
using static StreamSense.Core.Tests.Ingest.Snowplow.SnowplowTexts;

namespace StreamSense.Core.Tests.Ingest.Snowplow;

public sealed class SnowplowTranslatorTests
{
    private const long T = 1_700_000_000_000;

    private readonly LogFixture _fixture = new(names => new SnowplowTranslator(names));

    private IEnumerable<EventKind> Kinds => _fixture.Events.Select(e => e.Kind);

    [Fact]
    public void Translate_PayloadOfATracker_IsARecordAnElement()
    {
        IngestResult result = _fixture.Read(Payload(
            Element("ready", "e0", T, Player(0)),
            Element("play", "e1", T + 1000, Player(0)),
            Element("buffer_end", "e2", T + 1800, Player(0)),
            Element("pause", "e3", T + 9800, Player(8, paused: true)),
            Element("play", "e4", T + 12_000, Player(8)),
            Element("end", "e5", T + 20_000, Player(16, paused: true))));

        Assert.Equal((6, 6, 0), (result.Offered, result.Written, result.Rejected));
        Assert.Equal(
            [
                EventKind.PlaybackRequest, EventKind.PlaybackRequest, EventKind.BufferEnd, EventKind.PlaybackStart, EventKind.Pause,
                EventKind.Resume, EventKind.PlaybackEnd,
            ],
            Kinds);
        Assert.Equal([true, false], _fixture.Events.Take(2).Select(e => e.ReadPayload<PlaybackRequestPayload>().Preload));
        Assert.Equal((T + 1800) * 1000, _fixture.Events[3].Time.UnixMicroseconds);
        Assert.All(_fixture.Events, e => Assert.Equal(_fixture.Pseudonyms.View("s1"u8), e.View));
        Assert.All(_fixture.Events, e => Assert.Equal(NameTable.IdOf("film"), e.Title));
        Assert.All(_fixture.Events, e => Assert.Equal(_fixture.Pseudonyms.Viewer("ann"u8), e.Viewer));
        Assert.All(_fixture.Events, e => Assert.Equal(_fixture.Pseudonyms.Device("dev"u8), e.Device));
        Assert.Equal(EndReason.Completed, _fixture.Events[^1].ReadPayload<PlaybackEndPayload>().Reason);
    }

    [Fact]
    public void FirstFrame_WithoutBuffering_LiesAsLongAgoAsThePlayheadHasAdvanced()
    {
        _fixture.Read(Payload(
            Element("play", "e1", T, Player(5)),
            Element("ping", "e2", T + 30_000, Player(33.5)),
            Element("ping", "e3", T + 60_000, Player(63.5))));

        Assert.Equal([EventKind.PlaybackRequest, EventKind.Heartbeat, EventKind.PlaybackStart, EventKind.Heartbeat], Kinds);
        Assert.Equal((T + 1500) * 1000, _fixture.Events[2].Time.UnixMicroseconds);
        HeartbeatPayload beat = _fixture.Events[1].ReadPayload<HeartbeatPayload>();
        Assert.Equal((PlayerState.Playing, 30_000_000, 33_500_000), (beat.State, beat.IntervalMicroseconds, beat.PlayheadMicroseconds));
    }

    [Fact]
    public void FirstFrame_InABreakOrASeek_IsNotShownByThePlayhead()
    {
        _fixture.Read(Payload(
            Element("play", "e1", T, Player(0)),
            Element("ad_break_start", "e2", T + 100, Player(0), entities: Break(0)),
            Element("ad_start", "e3", T + 200, Player(0.1), entities: Break(0) + Ad),
            Element("ad_quartile", "e4", T + 5000, Player(5), """{"percentProgress":50}""", entities: Break(0) + Ad),
            Element("ad_complete", "e5", T + 10_000, Player(10), entities: Break(0) + Ad),
            Element("ad_break_end", "e6", T + 10_100, Player(0), entities: Break(0)),
            Element("seek_start", "e7", T + 10_200, Player(60)),
            Element("seek_end", "e8", T + 10_900, Player(60)),
            Element("percent_progress", "e9", T + 15_900, Player(64), """{"percentProgress":10}""")));

        Assert.Equal(EventKind.PlaybackStart, _fixture.Events[^1].Kind);
        Assert.Equal((T + 11_900) * 1000, _fixture.Events[^1].Time.UnixMicroseconds);
        Assert.Single(Kinds, EventKind.PlaybackStart);
        AdPayload quartile = _fixture.Events[3].ReadPayload<AdPayload>();
        Assert.Equal((50f, 15_500), (quartile.Percent, quartile.DurationMilliseconds));
        Assert.Equal(AdPlacement.Pre, _fixture.Events[1].ReadPayload<AdPayload>().Placement);
    }

    [Theory]
    [InlineData("pause", "", PlayerState.Paused)]
    [InlineData("seek_start", "", PlayerState.Seeking)]
    [InlineData("buffer_start", "", PlayerState.Rebuffering)]
    [InlineData("buffer_start", "buffer_end", PlayerState.Playing)]
    public void Ping_SaysTheStateThatTheEventsLeft(string first, string second, PlayerState state)
    {
        var elements = new List<string>
        {
            Element("play", "e1", T, Player(0)),
            Element("buffer_end", "e2", T + 10, Player(0)),
            Element(first, "e3", T + 5000, Player(5, paused: first == "pause")),
        };
        if (second.Length > 0)
        {
            elements.Add(Element(second, "e4", T + 6000, Player(5)));
        }

        elements.Add(Element("ping", "e5", T + 9000, Player(5, paused: first == "pause")));
        _fixture.Read(Payload([.. elements]));

        Assert.Equal(state, _fixture.Events[^1].ReadPayload<HeartbeatPayload>().State);
    }

    [Fact]
    public void Units_BecomeThoseOfTheSchema()
    {
        _fixture.Read(Payload(
            Element("quality_change", "e1", T, Player(1.25), """{"bitrate":2500400,"newQuality":"1080p"}"""),
            Element("playback_rate_change", "e2", T + 1, Player(1.25), """{"previousRate":1,"newRate":1.5}"""),
            Element("seek_start", "e3", T + 2, Player(1.25)),
            Element("error", "e4", T + 3, Player(1.25), """{"errorCode":"E7","errorDescription":"no segment"}""")));

        Assert.Equal(2500, _fixture.Events[0].ReadPayload<BitratePayload>().BitrateKbps);
        Assert.Equal(1_500_000, _fixture.Events[1].ReadPayload<RatePayload>().RateMillionths);
        Assert.Equal(1_250_000, _fixture.Events[2].ReadPayload<PlayheadPayload>().PlayheadMicroseconds);
        Assert.Equal(ErrorSeverity.Fatal, _fixture.Events[3].ReadPayload<ErrorPayload>().Severity);
    }

    [Fact]
    public void Enriched_Event_IsTakenByItsDerivedTime()
    {
        const string Times = "\"derived_tstamp\":\"2023-11-14T22:13:20.125Z\",\"collector_tstamp\":\"2023-11-15T08:00:00Z\"";
        var later = new IngestOrigin { ReceivedAt = new EventTime(1_700_500_000_000_000) };

        IngestResult result = _fixture.Read(Enriched("play", "e1", Times, Player(0)), later);

        Assert.Empty(result.Errors);
        Assert.Equal(EventKind.PlaybackRequest, _fixture.Single.Kind);
        Assert.Equal(1_700_000_000_125_000, _fixture.Single.Time.UnixMicroseconds);
        Assert.Equal("tv", _fixture.DeviceKindOf(_fixture.Single));
        Assert.Equal("SE", _fixture.CountryOf(_fixture.Single));
    }

    [Fact]
    public void Enriched_EventWithoutDerivedTime_IsCorrectedBySendingAndReceipt()
    {
        const string Times = "\"dvce_created_tstamp\":\"2023-11-14 22:13:20.125\",\"dvce_sent_tstamp\":\"2023-11-14 22:13:21\"";

        _fixture.Read(Enriched("play", "e1", Times, Player(0)), new IngestOrigin { ReceivedAt = new EventTime(1_700_003_601_000_000) });

        Assert.Equal(1_700_003_600_125_000, _fixture.Single.Time.UnixMicroseconds);
    }

    [Fact]
    public void View_WithoutAMediaSession_IsThePlayerOfThePageView()
    {
        string page = Entity("/web_page/jsonschema/1-0-0", """{"id":"page"}""") + ",";

        _fixture.Read(Payload(
            Element("play", "e1", T, Player(0), session: null, entities: page),
            Element("play", "e2", T, Player(0), session: null)));

        Assert.Equal(
            [_fixture.Pseudonyms.View("page/film"u8), _fixture.Pseudonyms.View("visit/film"u8)],
            _fixture.Events.Select(e => e.View));
    }

    [Fact]
    public void Event_WithoutACanonicalKind_IsCustomOrLeftOut()
    {
        IngestResult result = _fixture.Read(Payload(
            Element("fullscreen_change", "e1", T, Player(0), """{"fullscreen":true}"""),
            Element("quality_change", "e2", T, Player(0), """{"newQuality":"hd"}"""),
            """{"e":"pv","eid":"e3","dtm":"1700000000000"}"""));

        Assert.Equal([EventKind.Custom, EventKind.Custom], Kinds);
        Assert.Contains("\"fullscreen\":true", _fixture.Receiver.Events[0].Annex);
        Assert.Equal(RejectReason.Excluded, Assert.Single(result.Errors).Reason);
    }

    [Fact]
    public void Body_ReadAgain_IsSaidWithTheSameIds()
    {
        string body = Payload(
            Element("play", "e1", T, Player(0)), Element("ping", "e2", T + 9000, Player(8)), Element("play", "e3", T + 20_000, Player(19)));

        _fixture.Read(body);
        int count = _fixture.Events.Count;
        _fixture.Read(body);

        Assert.Equal(4, count);
        Assert.Equal(_fixture.Events.Take(count).Select(e => (e.Id, e.Kind)), _fixture.Events.Skip(count).Select(e => (e.Id, e.Kind)));
    }

    [Fact]
    public void Event_OlderThanOthersOfItsView_ChangesNothingThatIsRemembered()
    {
        _fixture.Read(Payload(
            Element("play", "e1", T, Player(0)),
            Element("buffer_end", "e2", T + 500, Player(0)),
            Element("ping", "e5", T + 30_000, Player(29)),
            Element("buffer_start", "e3", T + 9000, Player(8)),
            Element("ping", "e4", T + 10_000, Player(8)),
            Element("ping", "e6", T + 40_000, Player(39))));

        Assert.Equal(
            [PlayerState.Playing, PlayerState.Unknown, PlayerState.Playing],
            _fixture.Events.Where(e => e.Kind == EventKind.Heartbeat).Select(e => e.ReadPayload<HeartbeatPayload>().State));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"e":"ue","ue_px":"!!!"}""")]
    [InlineData("""{"e":"ue","ue_px":"____"}""")]
    [InlineData("""{"e":"ue","ue_pr":"{\"data\":{}}"}""")]
    [InlineData("""{"e":"ue"}""")]
    [InlineData("""{"event_id":"x","unstruct_event_com_snowplowanalytics_snowplow_media_play_event_1":{}}""")]
    [InlineData("""{"a":1}""")]
    [InlineData("nonsense")]
    public void Translate_WhatIsNoEvent_IsRefusedWithAReason(string body)
    {
        IngestResult result = _fixture.Read(body);

        Assert.Equal(0, result.Written);
        Assert.Equal(result.Offered, result.Rejected);
        Assert.Empty(_fixture.Events);
    }

    [Fact]
    public void Translate_BytesChangedAtRandom_NeverThrows()
    {
        string body = Payload(
            Element("play", "e1", T, Player(0)), Element("ping", "e2", T + 9000, Player(8), entities: Break(0) + Ad));
        string enriched = Enriched("ad_start", "e1", "\"derived_tstamp\":\"2023-11-14T22:13:20.125Z\"", Player(0));
        var random = new Random(7);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(i % 2 == 0 ? body : enriched);
            for (int j = random.Next(1, 6); j > 0; j--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)"\"{}[]\\,:0a"[random.Next(10)];
            }

            _fixture.Ingest.Begin(new IngestOrigin());
            _fixture.Ingest.Feed(bytes);
            IngestResult result = _fixture.Ingest.Complete();
            Assert.Equal(result.Offered, result.Written + result.Rejected);
        }
    }

    [Fact]
    public void Views_BeyondTheLimit_AreForgottenAndRequestedAnew()
    {
        var fixture = new LogFixture(names => new SnowplowTranslator(names, new SnowplowOptions { MaxViews = 1 }));

        fixture.Read(Payload(
            Element("play", "e1", T, Player(0)),
            Element("play", "e2", T + 1, Player(0), session: """{"mediaSessionId":"s2"}"""),
            Element("play", "e3", T + 2, Player(0))));

        Assert.All(fixture.Events, e => Assert.Equal(EventKind.PlaybackRequest, e.Kind));
    }

    private static string Ad => Entity(".media/ad/jsonschema/1-0-0", """{"adId":"a1","duration":15.5}""") + ",";

    private static string Break(int start) =>
        Entity(".media/ad_break/jsonschema/1-0-0", $$"""{"breakId":"b1","startTime":{{start}}}""") + ",";
}
