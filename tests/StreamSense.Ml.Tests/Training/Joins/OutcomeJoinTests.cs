using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Ml.Tests.Ranking.Decisions;
using StreamSense.Ml.Tests.Scenes;
using StreamSense.Ml.Training.Joins;

namespace StreamSense.Ml.Tests.Training.Joins;

public sealed class OutcomeJoinTests
{
    private static readonly Reward Watch = Reward.WatchSeconds(TimeSpan.FromSeconds(600));

    [Fact]
    public void Complete_ClicksAndViews_BecomeLabelsOfTheirSlots()
    {
        OutcomeJoin join = Join(new OutcomeJoinOptions { Reward = Reward.Sum((10, Reward.Click), (1, Watch)) });
        join.Add(Of(1, At(0), "a", "b", "c"));
        Shown(join, EventKind.Impression, 1, "a", 1);
        Shown(join, EventKind.Click, 1, "b", 2);
        Facts(join, View(1, "b", 3, ViewFactKind.Requested), View(1, "b", 5, ViewFactKind.FirstFrame));
        Facts(join, View(1, "b", 65, ViewFactKind.Progress, watch: 60), View(1, "b", 1305, ViewFactKind.Ended, watch: 1300));

        TrainingSet set = join.Complete();

        Assert.Equal([0f, 610f, 0f], set.Labels.ToArray());
        Assert.Equal([0, 1, 2], set.Positions.ToArray());
        Assert.Equal([1f, 0.5f, 0.25f], set.Propensities.ToArray());
        Assert.Equal([1f, 1f, 1f], set.Weights.ToArray());
        Assert.Equal([World.Title("a"), World.Title("b"), World.Title("c")], set.Titles.ToArray());
        Assert.Equal(new TrainingGroup(new RequestId(1), World.Viewer(9), At(0), 3), set.Groups.Single());
        Assert.Equal([3], set.GroupSizes.ToArray());
        Assert.Equal(["title.a", "viewer.b", "both.ö"], set.FeatureNames.ToArray());

        // The slate turns the candidates round, which are two more than it has slots.
        Assert.Equal([4f, 3f, 2f], set.Columns[0].ToArray());
        Assert.Equal([104f, 103f, 102f], set.Columns[1].ToArray());
        Assert.True(float.IsNaN(set.Columns[2].Span[0]));
        Assert.Equal(
            new OutcomeCounts { Rankings = 1, Slots = 3, Joined = 1, WithoutOutcome = 2, Outcomes = 3 }, join.Counts);
    }

    [Fact]
    public void Complete_OutcomesOfNobody_AreCounted()
    {
        OutcomeJoin join = Join();
        join.Add(Of(1, At(0), "a"));
        Shown(join, EventKind.Click, request: 2, "a", 1);
        Shown(join, EventKind.Click, request: 1, "z", 1);
        Shown(join, EventKind.Click, request: 0, "a", 1);
        Facts(join, View(3, "a", 2, ViewFactKind.Requested));

        join.Complete();

        Assert.Equal((3L, 0L, 0L), (join.Counts.WithoutDecision, join.Counts.Outcomes, join.Counts.Joined));
    }

    [Fact]
    public void Consume_RankingPastWindowAndGrace_IsClosedOnceAndLaterOutcomesAreLate()
    {
        OutcomeJoin join = Join(new OutcomeJoinOptions { Window = TimeSpan.FromSeconds(100), Grace = TimeSpan.FromSeconds(50) });
        join.Add(Of(1, At(0), "a", "b"));
        Shown(join, EventKind.Click, 1, "a", 90);
        Shown(join, EventKind.Click, 1, "b", 120);
        Assert.Equal(1, join.Open);
        Shown(join, EventKind.Click, 5, "b", 151);
        Assert.Equal(0, join.Open);
        Shown(join, EventKind.Click, 1, "b", 99);
        join.Add(Of(1, At(0), "a", "b"));

        TrainingSet set = join.Complete();

        Assert.Equal([1f, 0f], set.Labels.ToArray());
        Assert.Equal((2L, 1L, 2L), (join.Counts.Late, join.Counts.Duplicates, join.Counts.Slots));
        Assert.Equal(set.Rows, join.Rows().Rows);
    }

    [Fact]
    public void Consume_ViewThatEndsInTheGrace_CountsWhole()
    {
        OutcomeJoin join = Join(new OutcomeJoinOptions
        {
            Window = TimeSpan.FromSeconds(100),
            Grace = TimeSpan.FromSeconds(500),
            Reward = Watch,
        });
        join.Add(Of(1, At(0), "a"));
        Facts(join, View(1, "a", 90, ViewFactKind.FirstFrame), View(1, "a", 400, ViewFactKind.Ended, watch: 310));

        Assert.Equal([310f], join.Complete().Labels.ToArray());
    }

    [Fact]
    public void Complete_MoreThanMayBeOpen_ClosesTheOldestEarly()
    {
        OutcomeJoin join = Join(new OutcomeJoinOptions { MaxOpen = 2 });
        for (ulong request = 1; request <= 5; request++)
        {
            join.Add(Of(request, At(request), "a"));
        }

        Shown(join, EventKind.Click, 5, "a", 6);
        Shown(join, EventKind.Click, 3, "a", 6);

        Assert.Equal([0f, 0f, 0f, 0f, 1f], join.Complete().Labels.ToArray());
        Assert.Equal((3L, 1L), (join.Counts.ClosedEarly, join.Counts.Late));
    }

    [Fact]
    public void Complete_VisibleOnly_LeavesOutWhatNobodySaw()
    {
        var options = new OutcomeJoinOptions { VisibleOnly = true, MinimumVisible = TimeSpan.FromMilliseconds(500) };
        OutcomeJoin join = Join(options);
        join.Add(Of(1, At(0), "a", "b", "c", "d"));
        Shown(join, EventKind.Impression, 1, "a", 1, visible: 400);
        Shown(join, EventKind.Impression, 1, "b", 1, visible: 300);
        Shown(join, EventKind.Impression, 1, "b", 2, visible: 300);
        Shown(join, EventKind.Click, 1, "d", 2);

        TrainingSet set = join.Complete();

        Assert.Equal([1, 3], set.Positions.ToArray());
        Assert.Equal((4L, 2L, 1L, 1L), (join.Counts.Slots, join.Counts.NotSeen, join.Counts.Joined, join.Counts.WithoutOutcome));
    }

    [Theory]
    [InlineData("error after a minute", true)]
    [InlineData("error before the first frame", true)]
    [InlineData("given up after a long wait", true)]
    [InlineData("given up at once", false)]
    [InlineData("left during a stall", true)]
    [InlineData("left just after a stall", true)]
    [InlineData("left long after a stall", false)]
    [InlineData("left after a seek's buffering", false)]
    [InlineData("left for no reason", false)]
    [InlineData("completed after a stall", false)]
    [InlineData("an error, then another view", false)]
    public void Complete_ViewLeftForItsQuality_MakesNoRow(string scene, bool isCensored)
    {
        OutcomeJoin join = Join(new OutcomeJoinOptions { Reward = Reward.Play });
        OutcomeJoin uncensored = Join(new OutcomeJoinOptions { Reward = Reward.Play, CensorByQuality = false });
        foreach (OutcomeJoin each in (OutcomeJoin[])[join, uncensored])
        {
            each.Add(Of(1, At(0), "a", "b"));
            Play(each, scene);
        }

        TrainingSet set = join.Complete();

        Assert.Equal(isCensored ? 1 : 2, set.Rows);
        Assert.Equal(isCensored ? 1 : 0, join.Counts.Censored);
        Assert.Equal(join.Counts.Slots, join.Counts.Joined + join.Counts.WithoutOutcome + join.Counts.Censored);
        Assert.Equal(2, uncensored.Complete().Rows);
    }

    [Fact]
    public void Complete_RatingsListsAndSubscriptions_GoToTheViewersLatestRankingOfTheTitle()
    {
        OutcomeJoin join = Join(new OutcomeJoinOptions
        {
            Reward = Reward.Sum((1, Reward.Rating), (10, Reward.Listed), (100, Reward.Converted)),
        });
        join.Add(Of(1, At(0), "a", "b"));
        join.Add(Of(2, At(10), "b", "c"));
        join.Add(Of(3, At(20), "c", "d"));
        Facts(join, View(1, "a", 30, ViewFactKind.FirstFrame));
        var rating = new StreamEvent { Kind = EventKind.Rating, Title = World.Title("b"), Viewer = World.Viewer(9), Time = At(40) };
        rating.PayloadAs<RatingPayload>() = new RatingPayload { Value = 4, Minimum = 1, Maximum = 5 };
        Events(join, rating);
        Events(join, new StreamEvent { Kind = EventKind.ListAdd, Title = World.Title("c"), Viewer = World.Viewer(9), Time = At(41) });
        Events(join, new StreamEvent { Kind = EventKind.ListAdd, Title = World.Title("c"), Viewer = World.Viewer(8), Time = At(41) });
        Events(join, new StreamEvent { Kind = EventKind.SubscriptionStarted, Viewer = World.Viewer(9), Time = At(50) });

        Assert.Equal([100f, 0f, 0.75f, 0f, 10f, 0f], join.Complete().Labels.ToArray());
    }

    [Fact]
    public void Complete_Session_SaysWhatWasWatchedInTheEnd()
    {
        OutcomeJoin join = Join(new OutcomeJoinOptions { Reward = Reward.Sum((1000, Reward.Completed), (1, Watch)) });
        join.Add(Of(1, At(0), "a"));
        Facts(join, View(1, "a", 1, ViewFactKind.FirstFrame), View(1, "a", 90, ViewFactKind.Ended, watch: 80));
        var session = new PlaybackSession
        {
            View = new ViewId(100),
            DurationMicroseconds = 100_000_000,
            WatchedContentMicroseconds = 95_000_000,
            Outcome = ViewOutcome.Played,
        };
        session.Times.Playing = 97_000_000;
        join.Add(session, []);

        Assert.Equal([1097f], join.Complete().Labels.ToArray());
    }

    [Fact]
    public void Add_OtherFeatures_IsLeftOutAndCounted()
    {
        OutcomeJoin join = Join();
        join.Add(Of(1, At(0), "a"));
        RankingRecord other = Of(2, At(0), "a");
        join.Add(new RankingRecord
        {
            Request = other.Request,
            Surface = 1,
            Time = other.Time,
            Model = new Ml.Ranking.ModelInfo("other", "1", 12345),
            Candidates = other.Candidates,
            Features = other.Features,
            Chosen = other.Chosen,
        });

        Assert.Equal((1, 1L), (join.Complete().Rows, join.Counts.OtherLayout));
        Assert.Throws<InvalidOperationException>(() => new OutcomeJoin().Complete());
    }

    [Fact]
    public void Add_RankingThatChoseNothing_IsNoDuplicateOfTheOneThatDid()
    {
        OutcomeJoin join = Join();
        RankingRecord shadow = Of(1, At(0));
        join.Add(shadow);
        join.Add(Of(1, At(0), "a"));
        join.Add(shadow);

        Assert.Equal(1, join.Complete().Rows);
        Assert.Equal((3L, 2L, 0L), (join.Counts.Rankings, join.Counts.WithoutSlate, join.Counts.Duplicates));
    }

    [Fact]
    public void Complete_InversePropensity_WeighsUpToItsCap()
    {
        OutcomeJoin join = Join(new OutcomeJoinOptions { InversePropensityCap = 3 });
        join.Add(Of(1, At(0), "a", "b", "c"));
        Assert.Equal([1f, 2f, 3f], join.Complete().Weights.ToArray());
    }

    [Fact]
    public void Complete_MoreRowsThanAllowed_AreCounted()
    {
        OutcomeJoin join = Join(new OutcomeJoinOptions { MaxRows = 4 });
        join.Add(Of(1, At(0), "a", "b", "c"));
        join.Add(Of(2, At(1), "a", "b", "c"));

        TrainingSet set = join.Complete();

        Assert.Equal([3, 1], set.GroupSizes.ToArray());
        Assert.Equal(2, join.Counts.NoRoom);
    }

    [Fact]
    public void SplitAt_Moment_DividesRankings()
    {
        OutcomeJoin join = Join();
        for (ulong request = 1; request <= 4; request++)
        {
            join.Add(Of(request, At(request), "a", "b"));
            Shown(join, EventKind.Click, request, "b", request);
        }

        (TrainingSet before, TrainingSet after) = join.Complete().SplitAt(At(3));

        Assert.Equal([2, 2], before.GroupSizes.ToArray());
        Assert.Equal([3UL, 4UL], after.Groups.Select(group => group.Request.Value));
        Assert.Equal([0f, 1f, 0f, 1f], after.Labels.ToArray());
        Assert.Equal([3f, 2f, 3f, 2f], after.Columns[0].ToArray());
    }

    [Fact]
    public async Task Run_LiveRunWithASimulatedAudience_EachSlotOnce()
    {
        LiveRun run = await LiveRun.PlayAsync(seed: 8, viewers: 15);

        // Rankings of the run chose nothing: here their first candidates are taken for a slate that the audience's own requests name.
        var log = new MemoryDecisionLog();
        IDecisionReader reader = run.Log.OpenReader();
        int slots = 0;
        while (reader.TryRead())
        {
            RankingRecord logged = reader.Current;
            int chosen = Math.Min(3, logged.Candidates.Length);
            slots += chosen;
            Assert.True(log.TryAppend(new RankingRecord
            {
                Request = logged.Request,
                Surface = 1,
                Time = logged.Time,
                Viewer = logged.Viewer,
                Model = logged.Model,
                Layout = logged.Layout,
                Candidates = logged.Candidates,
                Features = logged.Features,
                Chosen = Enumerable.Range(0, chosen).ToArray(),
            }));
        }

        var join = new OutcomeJoin(new OutcomeJoinOptions { Window = TimeSpan.FromHours(1), Grace = TimeSpan.FromHours(1) });
        TrainingSet set = join.Run(log.OpenReader(), run.Recording);

        Assert.Equal((slots, slots), (set.Rows, join.Counts.Slots));
        Assert.Equal(run.Rankings, join.Counts.Rankings);
        Assert.Equal(set.Rows, set.GroupSizes.Sum());
        Assert.True(join.Counts.WithoutDecision > 0);
        Assert.Equal(set.Groups.Select(group => group.Time).Order(), set.Groups.Select(group => group.Time));
    }

    private static void Play(OutcomeJoin join, string scene)
    {
        switch (scene)
        {
            case "error after a minute":
                Facts(join, View(1, "a", 1, ViewFactKind.FirstFrame), View(1, "a", 61, ViewFactKind.Ended, 60, EndReason.Error));
                break;
            case "error before the first frame":
                Facts(join, View(1, "a", 1, ViewFactKind.Requested), View(1, "a", 2, ViewFactKind.Ended, 0, EndReason.Error));
                break;
            case "given up after a long wait":
                Facts(join, View(1, "a", 1, ViewFactKind.Requested), View(1, "a", 9, ViewFactKind.Ended));
                break;
            case "given up at once":
                Facts(join, View(1, "a", 1, ViewFactKind.Requested), View(1, "a", 3, ViewFactKind.Ended));
                break;
            case "left during a stall":
                Facts(join, View(1, "a", 1, ViewFactKind.FirstFrame));
                Buffer(join, EventKind.BufferStart, 50, BufferReason.Connection);
                Facts(join, View(1, "a", 61, ViewFactKind.Ended, 60));
                break;
            case "left just after a stall" or "completed after a stall":
                // Of a batch, facts come before its events.
                EndReason reason = scene.StartsWith("completed", StringComparison.Ordinal) ? EndReason.Completed : EndReason.Quit;
                Facts(join, View(1, "a", 1, ViewFactKind.FirstFrame), View(1, "a", 61, ViewFactKind.Ended, 60, reason));
                Buffer(join, EventKind.BufferStart, 50, BufferReason.None);
                Buffer(join, EventKind.BufferEnd, 55, BufferReason.None);
                break;
            case "left long after a stall":
                Facts(join, View(1, "a", 1, ViewFactKind.FirstFrame));
                Buffer(join, EventKind.BufferStart, 20, BufferReason.Connection);
                Buffer(join, EventKind.BufferEnd, 22, BufferReason.Connection);
                Facts(join, View(1, "a", 61, ViewFactKind.Ended, 60));
                break;
            case "left after a seek's buffering":
                Facts(join, View(1, "a", 1, ViewFactKind.FirstFrame));
                Buffer(join, EventKind.BufferStart, 59, BufferReason.Seek);
                Buffer(join, EventKind.BufferEnd, 60, BufferReason.Seek);
                Facts(join, View(1, "a", 61, ViewFactKind.Ended, 60));
                break;
            case "an error, then another view":
                Facts(join, View(1, "a", 1, ViewFactKind.FirstFrame), View(1, "a", 61, ViewFactKind.Ended, 60, EndReason.Error));
                Facts(join, View(1, "a", 70, ViewFactKind.FirstFrame, view: 200), View(1, "a", 99, ViewFactKind.Ended, 29, view: 200));
                break;
            default:
                Facts(join, View(1, "a", 1, ViewFactKind.FirstFrame), View(1, "a", 61, ViewFactKind.Ended, 60));
                break;
        }
    }

    private static OutcomeJoin Join(OutcomeJoinOptions? options = null) => new(options, Rankings.Layout);

    private static EventTime At(double seconds) => World.At(seconds);

    // The slate in the order of the names; the candidates the other way round, behind two that are not chosen.
    private static RankingRecord Of(ulong request, EventTime time, params string[] slate)
    {
        string[] candidates = ["x", "y", .. slate.Reverse()];
        var features = new float[candidates.Length * 3];
        for (int i = 0; i < candidates.Length; i++)
        {
            features[i] = i;
            features[candidates.Length + i] = 100 + i;
            features[(2 * candidates.Length) + i] = float.NaN;
        }

        return new RankingRecord
        {
            Request = new RequestId(request),
            Surface = 1,
            Time = time,
            Viewer = World.Viewer(9),
            Model = Rankings.Model,
            Candidates = Array.ConvertAll(candidates, World.Title),
            Features = features,
            Chosen = Enumerable.Range(0, slate.Length).Select(i => candidates.Length - 1 - i).ToArray(),
            Propensities = Enumerable.Range(0, slate.Length).Select(i => 1f / (1 << i)).ToArray(),
        };
    }

    private static void Shown(OutcomeJoin join, EventKind kind, ulong request, string title, double at, int visible = Absent.Number)
    {
        var shown = new StreamEvent { Kind = kind, Title = World.Title(title), Time = At(at), Viewer = World.Viewer(9) };
        shown.PayloadAs<ShownPayload>() = new ShownPayload { Request = new RequestId(request), VisibleMilliseconds = visible };
        Events(join, shown);
    }

    private static void Buffer(OutcomeJoin join, EventKind kind, double at, BufferReason reason)
    {
        var buffer = new StreamEvent { Kind = kind, View = new ViewId(100), Time = At(at) };
        buffer.PayloadAs<BufferPayload>() = new BufferPayload { Reason = reason, DurationMicroseconds = Absent.Time };
        Events(join, buffer);
    }

    private static void Events(OutcomeJoin join, params StreamEvent[] events) => join.Consume(new EventBatch(0, events, annex: null));

    private static void Facts(OutcomeJoin join, params ViewFact[] facts) => join.Consume(facts);

    private static ViewFact View(
        ulong request, string title, double at, ViewFactKind kind, double watch = 0, EndReason reason = EndReason.Quit, ulong view = 100)
    {
        ViewFact fact = World.Fact(kind, title, 9, at, watch: watch, reason: reason);
        fact.View = new ViewId(view);
        fact.Request = new RequestId(request);
        return fact;
    }
}
