using StreamSense.Core.Events;
using StreamSense.Core.Metrics;
using StreamSense.Core.Metrics.Engagement;

namespace StreamSense.Core.Tests.Metrics.Engagement;

public sealed class EngagementTests
{
    [Fact]
    public void Figures_OfOnePlayWithAReplay_CountItsContentOnce()
    {
        EngagementFigures figures = Measure(ClosedSession.Play(100, [(0, 50), (40, 90)])).Totals;

        Assert.Equal(TimeSpan.FromSeconds(100), figures.Play);
        Assert.Equal(TimeSpan.FromSeconds(90), figures.DistinctContent);
        Assert.Equal(100, figures.AveragePlaySeconds);
        Assert.Equal(0.9, figures.ContentViewedRatio);
        Assert.Equal(0.9, figures.AverageViewedShare);
        Assert.Equal([1L, 1, 1, 1, 1, 0, 0], figures.Completions.Select(level => level.Plays));
        Assert.Equal((1, 1, 1), (figures.Starters, figures.Watchers, figures.Completers));
        Assert.Equal(0, figures.ReachedEnd);
        Assert.Equal(1, figures.ViewerCompletionRate);
    }

    [Fact]
    public void Figures_OfPlaysOfDifferentLengths_TellTheTwoMeansApart()
    {
        EngagementFigures figures = Measure(
            ClosedSession.Play(1000, [(0, 100)], title: 1), ClosedSession.Play(10, [(0, 10)], title: 2)).Totals;

        Assert.Equal(110d / 1010, figures.ContentViewedRatio);
        Assert.Equal((0.1 + 1) / 2, figures.AverageViewedShare);
    }

    [Fact]
    public void Figures_OfNothing_AreZeroAndNull()
    {
        EngagementMetrics metrics = Measure();

        Assert.Empty(metrics.Titles);
        Assert.Equal(0, metrics.Totals.EndedPlays);
        Assert.Null(metrics.Totals.AveragePlaySeconds);
        Assert.Null(metrics.Totals.ContentViewedRatio);
        Assert.Null(metrics.Totals.AverageViewedShare);
        Assert.Null(metrics.Totals.ReachedEndShare);
        Assert.Null(metrics.Totals.ViewerCompletionRate);
        Assert.All(metrics.Totals.Completions, level => Assert.Null(level.Rate));
        Assert.Null(metrics.Other);
    }

    [Theory]
    [InlineData(0, 10, 98, 99, EndReason.Quit, true)] // skipped to the end
    [InlineData(0, 10, 90, 98, EndReason.Quit, false)]
    [InlineData(0, 10, 20, 30, EndReason.Completed, true)] // by the player's own word
    [InlineData(95, 100, 0, 3, EndReason.Quit, true)] // the end first
    public void ReachedEnd_IsNotTheSameAsWatchedAll(int from, int to, int again, int until, EndReason reason, bool reached)
    {
        EngagementFigures figures = Measure(ClosedSession.Play(100, [(from, to), (again, until)], reason: reason)).Totals;

        Assert.Equal(reached ? 1 : 0, figures.ReachedEnd);
        Assert.Equal(reached ? 1d : 0d, figures.ReachedEndShare);
        Assert.Equal(0, figures.Completers);
    }

    [Fact]
    public void ReachBeforeSeek_IsTheFirstRunOfAViewThatSought()
    {
        EngagementFigures figures = Measure(
            ClosedSession.Play(100, [(0, 20), (60, 70)], seeks: 1), ClosedSession.Play(100, [(0, 40)], viewer: 2)).Totals;

        Assert.Equal(0.3, figures.AverageReachBeforeSeekShare!.Value, 12);
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(31, 1)]
    public void ValidPlays_PlayedLongerThanHalfAMinute(int seconds, int valid) =>
        Assert.Equal(valid, Measure(ClosedSession.Play(1000, [(0, seconds)])).Totals.ValidPlays);

    [Fact]
    public void PlayTimes_OnABorder_BelongAboveIt()
    {
        EngagementFigures figures = Measure(
            ClosedSession.Play(20_000, [(0, 9)]), ClosedSession.Play(20_000, [(0, 10)]), ClosedSession.Play(20_000, [(0, 10_800)])).Totals;

        Assert.Equal(1, figures.PlayTimes[0].Plays);
        Assert.Equal((TimeSpan.FromSeconds(10), 1L), (figures.PlayTimes[1].From, figures.PlayTimes[1].Plays));
        Assert.Equal((null, 1L), (figures.PlayTimes[^1].To, figures.PlayTimes[^1].Plays));
    }

    [Fact]
    public void Figures_OfLiveAndOfUnknownLength_ArePlaysButNotCompletable()
    {
        EngagementFigures figures = Measure(
            ClosedSession.Play(100, [(0, 95)], live: true), ClosedSession.Play(0, [(0, 200)], viewer: 2)).Totals;

        Assert.Equal(2, figures.EndedPlays);
        Assert.Equal(TimeSpan.FromSeconds(295), figures.DistinctContent);
        Assert.Equal(0, figures.CompletablePlays);
        Assert.Equal(0, figures.ViewerTitles);
    }

    [Fact]
    public void ViewerCompletion_IsOverTheUnionOfAViewersViews()
    {
        EngagementMetrics metrics = Measure(
            ClosedSession.Play(100, [(0, 50)]),
            ClosedSession.Play(100, [(45, 92)]),
            ClosedSession.Play(100, [(0, 60)], viewer: 2),
            ClosedSession.Play(100, [(0, 60)], viewer: 2),
            ClosedSession.Play(100, [(0, 95)], title: 2, viewer: 2),
            ClosedSession.Play(100, [(0, 95)], viewer: 0));

        Assert.Equal(3, metrics.Totals.ViewerTitles);
        Assert.Equal(2d / 3, metrics.Totals.ViewerCompletionRate);
        Assert.Equal(0.5, metrics.Titles.Single(title => title.Title == new TitleId(1).ToString()).Figures.ViewerCompletionRate);
        Assert.Equal(1, metrics.PlaysWithoutViewer);
        Assert.Equal(0, metrics.MissedViewerPlays);
    }

    [Fact]
    public void ViewerCompletion_OfViewsInDifferentShards_IsTheirUnion()
    {
        EngagementRecorder[] shards = [new(new EngagementOptions()), new(new EngagementOptions())];
        ClosedSession.Play(100, [(0, 50)]).AddTo(shards[0]);
        ClosedSession.Play(100, [(50, 100)]).AddTo(shards[1]);
        EngagementPartial merged = shards[0].Snapshot();
        merged.Merge(shards[1].Snapshot());

        Assert.Equal(1, EngagementMetrics.Of(merged, vocabulary: null).Totals.ViewerCompletionRate);
    }

    [Fact]
    public void Completions_OfAnotherThreshold_AreThoseOfViewsAndViewersAlike()
    {
        var recorder = new EngagementRecorder(new EngagementOptions(), new EngagementThresholds { CompletionShare = 0.5 });
        ClosedSession.Play(100, [(0, 60)]).AddTo(recorder);
        ClosedSession.Play(100, [(0, 40)], viewer: 2).AddTo(recorder);
        EngagementFigures figures = EngagementMetrics.Of(recorder.Snapshot(), vocabulary: null).Totals;

        Assert.Equal(1, figures.Completers);
        Assert.Equal(0.5, figures.ViewerCompletionRate);
    }

    [Fact]
    public void ViewerTitles_BeyondTheBounds_AreCountedAndLeftOut()
    {
        var options = new EngagementOptions { MaxViewerTitles = 2, MaxBordersOfViewerTitle = 4 };
        EngagementMetrics metrics = Measure(
            options,
            ClosedSession.Play(100, [(0, 1), (2, 3), (4, 5)]),
            ClosedSession.Play(100, [(0, 95)], viewer: 2),
            ClosedSession.Play(100, [(0, 95)], viewer: 3));

        Assert.Equal((1, 1), (metrics.LostViewerTitles, metrics.MissedViewerPlays));
        Assert.Equal(1, metrics.Totals.ViewerTitles);
        Assert.Equal(1, metrics.Totals.ViewerCompletionRate);
    }

    [Fact]
    public void ViewerTitles_WhenAllBordersAreTaken_AreLostAndTheOthersKeepTheirs()
    {
        var options = new EngagementOptions { MaxBorders = 2, MaxBordersOfViewerTitle = 2 };
        EngagementMetrics metrics = Measure(
            options, ClosedSession.Play(100, [(0, 95)]), ClosedSession.Play(100, [(0, 95)], viewer: 2));

        Assert.Equal((1, 1), (metrics.LostViewerTitles, metrics.Totals.ViewerTitles));
    }

    [Fact]
    public void Titles_BeyondTheBound_ShareTheFiguresOfTheOthers()
    {
        EngagementRecorder recorder = new(new EngagementOptions { MaxTitles = 1 });
        ClosedSession second = ClosedSession.Play(100, [(0, 50)], title: 2);
        ClosedSession.Play(100, [(0, 50)]).AddTo(recorder);
        second.AddTo(recorder);
        EngagementMetrics metrics = EngagementMetrics.Of(recorder.Snapshot(), vocabulary: null);
        second.RetractFrom(recorder);

        Assert.Equal((1, 1), (metrics.Titles.Count, metrics.Other!.EndedPlays));
        Assert.Equal(2, metrics.Totals.EndedPlays);
        Assert.Null(EngagementMetrics.Of(recorder.Snapshot(), vocabulary: null).Other);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngagementRecorder(new EngagementOptions { CompletionShares = [0.5, 0.5] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngagementRecorder(new EngagementOptions { WatcherShare = 1.1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngagementRecorder(new EngagementOptions { MaxBorders = 1 }));
    }

    private static EngagementMetrics Measure(params ClosedSession[] sessions) => Measure(new EngagementOptions(), sessions);

    private static EngagementMetrics Measure(EngagementOptions options, params ClosedSession[] sessions)
    {
        var recorder = new EngagementRecorder(options);
        Array.ForEach(sessions, session => session.AddTo(recorder));
        return EngagementMetrics.Of(recorder.Snapshot(), vocabulary: null);
    }
}
