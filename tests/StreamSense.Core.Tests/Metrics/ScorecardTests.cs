using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Metrics;

namespace StreamSense.Core.Tests.Metrics;

public sealed class ScorecardTests
{
    [Fact]
    public void Of_AViewThatNamesItsAppOnce_CountsItsEndThere()
    {
        Scorecard card = Of(new Script().Request(0, "'app':'tv 2'").Beat(5).End(9).Lines);

        Assert.Equal([("", 0L), ("tv 2", 1L)], card.Sources.Select(row => (row.App, row.ViewsEnded)).Order());
    }

    [Fact]
    public void Of_AViewThatNamesSourceAndAppApart_LosesNoEnd()
    {
        Scorecard card = Of(
        [
            """{"kind":"playback_request","time":"2026-01-01T12:00:00Z","view":"v","title":"t","source":"web"}""",
            """{"kind":"heartbeat","time":"2026-01-01T12:00:05Z","view":"v","state":"playing","app":"tv 2"}""",
            """{"kind":"playback_end","time":"2026-01-01T12:00:09Z","view":"v","reason":"quit"}""",
        ]);

        SourceScore row = Assert.Single(card.Sources, row => row.ViewsEnded > 0);
        Assert.Equal(("web", "tv 2", 1L, 0L), (row.Source, row.App, row.ViewsEnded, row.Accepted));
        Assert.Equal(3, card.Sources.Sum(source => source.Accepted));
    }

    private static Scorecard Of(IEnumerable<string> lines)
    {
        var vocabulary = new Vocabulary();
        ClosedSet set = EngineMeasure.Read(lines, vocabulary, out NdjsonIngest ingest);
        var stage = new SessionStage(vocabulary);
        set.Deliver(stage);
        stage.CloseAll();
        return Scorecard.Of(vocabulary, set, stage, ingest.Counters);
    }
}
