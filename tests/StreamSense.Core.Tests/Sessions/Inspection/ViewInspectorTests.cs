using System.Text;
using System.Text.Json;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Inspection;
using StreamSense.Core.Tests.Metrics;
using StreamSense.Core.Tests.Sessions.Oracle;

namespace StreamSense.Core.Tests.Sessions.Inspection;

public sealed class ViewInspectorTests
{
    [Fact]
    public void Timeline_OfRandomViews_AddsUpToTheSessionsOfTheStage()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            List<string> lines = new RandomViews(seed).Lines(6);
            var sessions = new CollectingSessions();
            EngineMeasure.Run(lines, closed: sessions);
            foreach (ViewTimeline timeline in Timelines(lines).Where(timeline => timeline.Session is not null))
            {
                PlaybackSession session = Assert.Single(sessions.All, session => session.View == timeline.View);
                Assert.Equal(session.Times, timeline.Session!.Value.Times);
                Assert.Equal(session.Times, Sum(timeline));
                Assert.Equal(session.Stalls, Count(timeline, ViewNote.StallCounted));
                Assert.Equal(session.BitrateSwitches, Count(timeline, ViewNote.BitrateSwitch));
                Assert.Equal(1, Count(timeline, ViewNote.Attempted));
                Assert.Equal(session.IsPlay ? 1 : 0, Count(timeline, ViewNote.FirstFrame));
                Assert.Equal(ViewState.Ended, timeline.Entries[^1].StateAfter);
            }
        }
    }

    [Fact]
    public void Timeline_OfAStall_SaysWhatWaitedAndWhatItWasDecidedToBe()
    {
        ViewTimeline timeline = Only(new Script().Play().At(10, "buffer_start").At(11, "pause").At(15, "resume").At(15.5, "buffer_end")
            .At(20, "buffer_start").At(20.1, "buffer_end").End(30));

        ViewTimelineEntry pause = timeline.Entries[3];
        Assert.Equal((ViewState.Paused, 1_000_000L, 0), (pause.StateAfter, pause.HeldMicroseconds, pause.Credits.Length));
        Assert.Equal(
            [(ViewState.Rebuffering, 1_000_000L, CreditRule.Stall), (ViewState.Rebuffering, 500_000L, CreditRule.Stall)],
            timeline.Entries[5].Credits.Select(credit => (credit.State!.Value, credit.Microseconds, credit.Rule)));
        Assert.Equal(ViewNote.StallCounted, Assert.Single(timeline.Entries[5].Notes));
        Assert.Equal(ViewNote.BufferingTooShort, Assert.Single(timeline.Entries[7].Notes));
        ViewCredit shortOne = Assert.Single(timeline.Entries[7].Credits);
        Assert.Equal((ViewState.Playing, CreditRule.ShortBuffering, 250_000L), (shortOne.State, shortOne.Rule, shortOne.LimitMicroseconds));
    }

    [Fact]
    public void Timeline_OfASilence_SaysTheGapAndWhatIsUnknown()
    {
        ViewTimeline timeline = Only(new Script().Play().Beat(10, fields: "'intervalMs':20000").Beat(110));

        Assert.Equal(
            [(ViewState.Playing, 60_000_000L, CreditRule.Gap, 60_000_000L), (null, 40_000_000L, CreditRule.Gap, 60_000_000L)],
            timeline.Entries[3].Credits.Select(credit =>
                ((ViewState?)credit.State, credit.Microseconds, credit.Rule, credit.LimitMicroseconds)));
        Assert.Equal(40_000_000, timeline.Session!.Value.Times.Unknown);
    }

    [Fact]
    public void Timeline_OfASupersededView_EndsWithALineOfItsOwn()
    {
        List<string> lines = new Script().Request(0, "'device':'d'", "one", "a").At(1, "playback_start", "'device':'d'", "one")
            .Request(5, "'device':'d'", "two", "b").Beat(9, view: "one").Lines;
        ViewTimeline timeline = Timelines(lines).First(timeline => timeline.Entries.Length > 3);

        Assert.Null(timeline.Entries[2].Event);
        Assert.Equal(ViewNote.Superseded, Assert.Single(timeline.Entries[2].Notes));
        Assert.Equal(ViewNote.AfterEnd, Assert.Single(timeline.Entries[3].Notes));
        Assert.Equal(EndReason.Superseded, timeline.Session!.Value.Reason);
    }

    [Fact]
    public void Timeline_OfAPreload_HasNoSession()
    {
        ViewTimeline timeline = Only(new Script().Request(0, "'preload':true").At(5, "track_change", "'track':'audio','language':'en'"));

        Assert.Null(timeline.Session);
        Assert.Equal(3, timeline.Entries.Length);
        Assert.All(timeline.Entries, entry => Assert.Empty(entry.Credits));
    }

    [Fact]
    public void Write_ATimeline_GivesALineAnEventAndTheSession()
    {
        var vocabulary = new Vocabulary();
        ViewTimeline timeline = Inspect(
            new Script().Request(0, "'playheadMs':0").At(1, "playback_start").Beat(6, fields: "'bitrateKbps':900").End(11).Lines,
            vocabulary).Single();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            ViewTimelineWriter.Write(writer, timeline, vocabulary);
        }

        JsonElement root = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).RootElement;
        Assert.Equal(4, root.GetProperty("entries").GetArrayLength());
        JsonElement beat = root.GetProperty("entries")[2];
        Assert.Equal(("heartbeat", 6_000), (beat.GetProperty("kind").GetString(), beat.GetProperty("offsetMs").GetInt32()));
        Assert.Equal(900, beat.GetProperty("details").GetProperty("bitrateKbps").GetInt32());
        Assert.Equal("withinGap", beat.GetProperty("credits")[0].GetProperty("rule").GetString());
        Assert.Equal(10_000, root.GetProperty("session").GetProperty("times").GetProperty("playingMs").GetInt32());
        Assert.Equal("quit", root.GetProperty("session").GetProperty("reason").GetString());
        Assert.Equal(10_000, root.GetProperty("watched")[0].GetProperty("toMs").GetInt32());
    }

    private static ViewTimes Sum(ViewTimeline timeline)
    {
        // Bitrate and the parts of other states are not in the credits: taken as the session has them.
        ViewTimes known = timeline.Session!.Value.Times;
        var sum = new ViewTimes
        {
            MediaTime = known.MediaTime,
            BitrateTime = known.BitrateTime,
            BackgroundPlaying = known.BackgroundPlaying,
            AdBuffering = known.AdBuffering,
            PrerollAd = known.PrerollAd,
            PostrollAd = known.PostrollAd,
        };
        foreach (ViewCredit credit in timeline.Entries.SelectMany(entry => entry.Credits))
        {
            if (credit.State is { } state)
            {
                sum.Add(new CreditedTime(
                    state, 0, credit.Microseconds, default, ViewRow.UnknownKbps, ViewRow.NormalRate, Background: false));
            }
            else
            {
                sum.Unknown += credit.Microseconds;
            }
        }

        return sum;
    }

    private static int Count(ViewTimeline timeline, ViewNote note) =>
        timeline.Entries.Sum(entry => entry.Notes.Count(other => other == note));

    private static ViewTimeline Only(Script script) => Assert.Single(Timelines(script.Lines));

    private static List<ViewTimeline> Timelines(List<string> lines) => Inspect(lines, new Vocabulary());

    private static List<ViewTimeline> Inspect(List<string> lines, Vocabulary vocabulary)
    {
        StreamEvent[] events = [.. EngineMeasure.EventsOf(lines, vocabulary)];
        var timelines = new List<ViewTimeline>();
        foreach (ViewId view in events.Select(e => e.View).Where(view => !view.IsNone).Distinct())
        {
            var inspector = new ViewInspector(view, vocabulary);
            inspector.Consume(new EventBatch(0, events, annex: null));
            inspector.CloseAll();
            timelines.Add(inspector.Timeline);
        }

        return timelines;
    }
}
