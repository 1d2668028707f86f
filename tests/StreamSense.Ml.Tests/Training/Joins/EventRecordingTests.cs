using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Tests.Scenes;
using StreamSense.Ml.Training.Joins;

namespace StreamSense.Ml.Tests.Training.Joins;

public sealed class EventRecordingTests
{
    [Fact]
    public void Replay_EverythingRecorded_ComesAgainInItsOrder()
    {
        var recording = new EventRecording();
        Play(recording);
        var again = new Transcript();
        var first = new Transcript();
        Play(first);

        recording.Replay(again);

        Assert.Equal(first.Lines, again.Lines);
        Assert.Equal(9, recording.Count);
        Assert.Equal(0, recording.LeftOut);
    }

    [Fact]
    public void Consume_Full_KeepsAWholeBeginningAndCountsTheRest()
    {
        var recording = new EventRecording(maxItems: 5);
        Play(recording);
        var again = new Transcript();
        var first = new Transcript();
        Play(first);

        recording.Replay(again);

        Assert.Equal(first.Lines.Take(again.Lines.Count), again.Lines);
        Assert.Equal(9, recording.Count + recording.LeftOut);
        Assert.InRange(recording.Count, 3, 5);
    }

    [Fact]
    public void Consume_SomethingBehind_IsCalledInTheSameOrder()
    {
        var behind = new Transcript();
        ReplayTarget target = new ReplayTarget(new NoFeatures(), countsEvents: true).Feed(behind);
        Play(new EventRecording(behind: target));
        var first = new Transcript();
        Play(first);
        Assert.Equal(first.Lines, behind.Lines);
    }

    [Fact]
    public void Feed_WhatTakesNothing_Throws() =>
        Assert.Throws<ArgumentException>(() => new ReplayTarget(new NoFeatures(), countsEvents: true).Feed("text"));

    [Fact]
    public void Replay_Cancelled_Ends()
    {
        var recording = new EventRecording();
        Play(recording);
        Assert.Throws<OperationCanceledException>(() => recording.Replay(new Transcript(), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void FromSource_WhatASinkKept_IsReadWithItsPseudonyms()
    {
        var vocabulary = new Vocabulary();
        var pseudonymizer = new Pseudonymizer(PseudonymKey.FromSecret("a secret of tests only"u8));
        var source = new Kept(
            """
            {"kind":"playback_request","time":1767225600000,"source":"web","view":"~00000000000000aa","viewer":"~00000000000000bb","title":"t","seq":0}
            {"kind":"playback_start","time":1767225601000,"source":"web","view":"~00000000000000aa","viewer":"~00000000000000bb","seq":1}
            {"kind":"title","time":1767225602000,"title":"t","durationMs":1000}
            {"kind":"search","time":1767255602000,"viewer":"~00000000000000bb","query":"q"}
            """);
        var transcript = new Transcript();
        NdjsonHistory history = NdjsonHistory.FromSource(source, vocabulary, pseudonymizer);

        history.Replay(transcript);

        // Facts come before their event; the silent view ends when the stream's time says so, before the event that shows it.
        Assert.Equal(4, history.LastRead!.Written);
        string[] kinds = [.. transcript.Lines.Select(line => line.Split(' ')[0])];
        Assert.Equal(
            ["Title", "Requested", "PlaybackRequest", "FirstFrame", "PlaybackStart", "Title"], kinds[..6]);
        Assert.Equal(["Ended", "session"], kinds[6..8].Order(StringComparer.Ordinal));
        Assert.Equal("Search", Assert.Single(kinds[8..]));
        Assert.All(transcript.Lines.Where(line => line.StartsWith("FirstFrame", StringComparison.Ordinal)), line =>
            Assert.EndsWith("aa", line, StringComparison.Ordinal));
    }

    private static void Play(IHistoryConsumer consumer)
    {
        var annexes = new Texts("first", "second");
        StreamEvent With(EventKind kind, double at, uint annex = 0) =>
            new() { Kind = kind, Time = World.At(at), Annex = new AnnexHandle(annex) };
        consumer.Consume([World.Fact(ViewFactKind.FirstFrame, "a", 1, 1), World.Fact(ViewFactKind.Ended, "a", 1, 2)]);
        consumer.Consume(new EventBatch(0, [With(EventKind.Click, 1, 1), With(EventKind.Search, 2, 2), With(EventKind.Share, 3)], annexes));
        consumer.Add(new PlaybackSession { View = new ViewId(7), Version = 1 }, [default]);
        consumer.Retract(new PlaybackSession { View = new ViewId(7), Version = 1 }, [default]);
        consumer.Add(new PlaybackSession { View = new ViewId(7), Version = 2 }, []);
        consumer.Consume(new EventBatch(3, [With(EventKind.Click, 4, 2)], annexes));
    }

    /// <summary>Writes down what it is given.</summary>
    private sealed class Transcript : IHistoryConsumer
    {
        public List<string> Lines { get; } = [];

        public void Consume(in EventBatch batch)
        {
            foreach (ref readonly StreamEvent streamEvent in batch.Events)
            {
                Lines.Add($"{streamEvent.Kind} {streamEvent.Time} {Encoding.UTF8.GetString(batch.AnnexOf(streamEvent))}");
            }
        }

        public void Consume(ReadOnlySpan<ViewFact> facts)
        {
            foreach (ref readonly ViewFact fact in facts)
            {
                Lines.Add($"{fact.Kind} {fact.Time} {fact.View}");
            }
        }

        public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) =>
            Lines.Add($"session {session.View} {session.Version} {watched.Length}");

        public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) =>
            Lines.Add($"retraction {session.View} {session.Version} {watched.Length}");
    }

    private sealed class Texts(params string[] texts) : AnnexReader
    {
        public override ReadOnlySpan<byte> Read(AnnexHandle handle) => Encoding.UTF8.GetBytes(texts[handle.Value - 1]);
    }

    private sealed class Kept(string lines) : IReplaySource
    {
        public string Name => "kept";

        public ReplaySummary Replay(ReplayFeed feed, CancellationToken cancellationToken = default)
        {
            feed(Encoding.UTF8.GetBytes(lines + "\n"));
            return default!;
        }
    }

    private sealed class NoFeatures : Ml.Features.IFeatureReader
    {
        public Ml.Features.FeatureLayout Layout => Ml.Features.StandardFeatures.Streaming.Layout;

        public long Position => 0;

        public void Fill(in Ml.Features.FeatureQuery query, ReadOnlySpan<TitleId> titles, Span<float> columns) => columns.Clear();
    }
}
