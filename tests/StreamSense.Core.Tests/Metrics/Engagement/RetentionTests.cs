using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Metrics.Engagement;
using StreamSense.Core.Metrics.Engagement.Retention;
using StreamSense.Core.Sessions;

namespace StreamSense.Core.Tests.Metrics.Engagement;

public sealed class RetentionTests
{
    [Fact]
    public void Curve_OfAnyViews_IsThatOfCountingEachPart() => Prop.ForAll<PositiveInt>(seed =>
    {
        ClosedSession[] sessions = [.. new RandomSessions(seed.Get).Take(40)];
        RetentionMetrics metrics = Measure(new EngagementOptions(), sessions);
        return metrics.Titles.All(title =>
        {
            ClosedSession[] views = [.. sessions.Where(view =>
                view.Session.IsCompletable && view.Session.Title.ToString() == title.Title)];
            return title.Curve.Views == views.Length
                && Enumerable.Range(0, RetentionCurve.Buckets).All(bucket =>
                    title.Curve.Plays[bucket] == views.Sum(view => view.Watched.Count(range => Touches(view, range, bucket)))
                    && title.Curve.Reach[bucket] == views.Count(view => view.Watched.Any(range => Touches(view, range, bucket)))
                    && title.Curve.Started[bucket] == views.Count(view => First(view) == bucket)
                    && title.Curve.Stopped[bucket] == views.Count(view => Last(view) == bucket)
                    && title.Curve.Hazard(bucket) is null or (>= 0 and <= 1)
                    && title.Curve.Unique(bucket) is >= 0 and <= 1);
        });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Differences_OfAnyViews_AddUpToZero() => Prop.ForAll<PositiveInt>(seed =>
    {
        var cell = new RetentionCell();
        foreach (ClosedSession view in new RandomSessions(seed.Get).Take(40).Where(view => view.Session.IsCompletable))
        {
            cell.Count(view.Session.DurationMicroseconds, view.Watched, 1);
        }

        return cell.PlayChanges.ToArray().Sum() == 0 && cell.ReachChanges.ToArray().Sum() == 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Unique_OfViewsWithoutSeeks_NeverRises() => Prop.ForAll<PositiveInt>(seed =>
    {
        var random = new RandomSessions(seed.Get);
        RetentionCurve curve = CurveOf([.. Enumerable.Range(0, 20).Select(_ => random.NextForward(137))]);
        return Enumerable.Range(1, RetentionCurve.Buckets - 1).All(bucket =>
            curve.Unique(bucket) <= curve.Unique(bucket - 1) && curve.Absolute(bucket) == curve.Unique(bucket));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Absolute_WhereViewersPlayAgain_ExceedsOne()
    {
        RetentionCurve curve = CurveOf(ClosedSession.Play(100, [(0, 20), (10, 20), (10, 30)]));

        Assert.Equal((1d, 3d, 1d, 0d), (curve.Absolute(9), curve.Absolute(19), curve.Absolute(29), curve.Absolute(30)));
        Assert.Equal(1, curve.Unique(19));
        Assert.Equal((1, 1), (curve.Started[0], curve.Stopped[29]));
    }

    [Fact]
    public void Curve_OfAViewThatPlayedNothing_HasItInTheDenominator()
    {
        RetentionCurve curve = CurveOf(ClosedSession.Play(100, [(0, 100)]), ClosedSession.Play(100, []));

        Assert.Equal((2, 0.5), (curve.Views, curve.Unique(0)));
        Assert.Equal(1, curve.Hazard(99));
        Assert.Null(CurveOf(ClosedSession.Play(100, [])).Hazard(5));
    }

    [Fact]
    public void Curve_OfWhatIsPastTheEnd_HasItInItsLastPart()
    {
        RetentionCurve curve = CurveOf(ClosedSession.Play(100, [(98, 130)]));

        Assert.Equal([0L, 1, 1], curve.Plays[97..].AsEnumerable());
    }

    [Theory]
    [InlineData(-5, 100, 0)]
    [InlineData(0, 100, 0)]
    [InlineData(99, 100, 99)]
    [InlineData(100, 100, 99)]
    [InlineData(49, 99, 49)]
    [InlineData(2, 7, 28)]
    [InlineData(long.MaxValue - 2, long.MaxValue - 1, 99)]
    [InlineData(long.MaxValue / 2, long.MaxValue - 1, 50)]
    public void Bucket_OfAPosition_IsItsHundredth(long position, long duration, int bucket) =>
        Assert.Equal(bucket, RetentionBuckets.Of(position, duration));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 99)]
    [InlineData(60, 70)]
    [InlineData(99, 99)]
    public void Mask_OfARun_HasABitForEachOfItsParts(int first, int last)
    {
        UInt128 mask = RetentionBuckets.MaskOf(first, last);

        Assert.Equal(last - first + 1, (int)UInt128.PopCount(mask));
        Assert.Equal(first, (int)UInt128.TrailingZeroCount(mask));
    }

    [Fact]
    public void Views_WithoutRangesOrWithoutRoom_AreCountedAndLeftOut()
    {
        ClosedSession unknown = ClosedSession.Play(100, [(0, 50)]) with { Watched = [] };
        RetentionMetrics metrics = Measure(
            new EngagementOptions { MaxRetentionCurves = 1 },
            unknown,
            ClosedSession.Play(100, [(0, 50)]),
            ClosedSession.Play(100, [(0, 50)], title: 2),
            ClosedSession.Play(100, [(0, 50)], live: true));

        Assert.Equal((1, 1), (metrics.ViewsWithoutRanges, metrics.OverflowedViews));
        Assert.Equal(1, Assert.Single(metrics.Titles).Curve.Views);
    }

    [Fact]
    public void TopDrops_WithTooLittleSupport_AreNotTold()
    {
        ClosedSession[] views =
        [
            .. Enumerable.Repeat(ClosedSession.Play(100, [(0, 10)]), 30),
            .. Enumerable.Repeat(ClosedSession.Play(100, [(0, 20)]), 14),
            .. Enumerable.Repeat(ClosedSession.Play(100, [(0, 30)]), 5),
            .. Enumerable.Repeat(ClosedSession.Play(100, [(0, 100)]), 1),
        ];
        RetentionCurve curve = CurveOf(views);

        Assert.Equal(
            [new RetentionDrop(19, TimeSpan.FromSeconds(19), 14, 20, 0.7), new RetentionDrop(9, TimeSpan.FromSeconds(9), 30, 50, 0.6)],
            curve.TopDrops(5, minimumSupport: 20));
        Assert.Equal(29, curve.TopDrops(1, minimumSupport: 1)[0].Bucket);
    }

    [Fact]
    public void Relative_AmongTitlesOfSimilarLength_IsTheRankFromZeroToOne()
    {
        RetentionMetrics metrics = Measure(
            new EngagementOptions { MinimumRankedViews = 1 },
            ClosedSession.Play(100, [(0, 100)], title: 1),
            ClosedSession.Play(120, [(0, 60)], title: 2),
            ClosedSession.Play(110, [(0, 11)], title: 3),
            ClosedSession.Play(3600, [(0, 3600)], title: 4));
        TitleRetention[] titles = [.. metrics.Titles.OrderBy(title => title.Title, StringComparer.Ordinal)];

        Assert.Equal([0.75, 0.75, 0], titles[..3].Select(title => title.Relative[40]));
        Assert.Equal([1, 0.25, 0.25], titles[..3].Select(title => title.Relative[60]));
        Assert.Equal([0.5, 0.5, 0.5], titles[..3].Select(title => title.Relative[0]));
        Assert.Equal([3, 3, 3, 0], titles.Select(title => title.RankedTitles));
        Assert.Empty(titles[3].Relative);
    }

    [Fact]
    public void Compare_OfTwoCuts_TellsWhereTheyDifferAndHowSurely()
    {
        ClosedSession[] views =
        [
            .. Enumerable.Repeat(ClosedSession.Play(100, [(0, 100)], edit: 7), 50),
            .. Enumerable.Repeat(ClosedSession.Play(100, [(0, 20)], edit: 7), 50),
            .. Enumerable.Repeat(ClosedSession.Play(90, [(0, 90)], edit: 8), 90),
            .. Enumerable.Repeat(ClosedSession.Play(90, [(0, 20)], edit: 8), 10),
        ];
        TitleRetention title = Assert.Single(Measure(new EngagementOptions(), views).Titles);
        string[] edits = [.. title.Edits.Select(edit => edit.Edit!).Order(StringComparer.Ordinal)];
        RetentionComparison comparison = title.Compare(edits[0], edits[1])!;

        Assert.Equal(90, comparison.Points.Count);
        Assert.All(comparison.Points.Take(20), point => Assert.False(point.IsClear));
        Assert.All(
            comparison.Points.Skip(24),
            point => Assert.True(point is { IsClear: true, Difference: { Value: > 0.39, Interval.Lower: > 0.2 } }));
        Assert.Null(title.Compare(edits[0], "other"));
        Assert.Empty(RetentionComparison.Of(CurveOf(views), RetentionCurve.Of(new RetentionCell())).Points);
        Assert.Equal(200, title.Curve.Views);
    }

    [Fact]
    public void Compare_WithAPartTakenOut_MeetsTheSameContentAfterIt()
    {
        RetentionCurve before = CurveOf(ClosedSession.Play(100, [(60, 61)]));
        RetentionCurve after = CurveOf(ClosedSession.Play(90, [(50, 51)]));
        CutAlignment cut = CutAlignment.Unchanged.WithRemoved(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10));
        RetentionPoint[] points = [.. RetentionComparison.Of(before, after, cut).Points];

        Assert.Equal(90, points.Length);
        Assert.DoesNotContain(points, point => point.BeforeBucket is >= 20 and < 30);
        RetentionPoint moved = points.Single(point => point.BeforeBucket == 60);
        Assert.Equal((1d, 1d), (moved.Before, moved.After));
    }

    [Fact]
    public void Map_WithPartsOutAndIn_MovesWhatComesAfter()
    {
        CutAlignment cut = CutAlignment.Unchanged
            .WithRemoved(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5))
            .WithInserted(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));

        Assert.Equal(TimeSpan.FromSeconds(9), cut.Map(TimeSpan.FromSeconds(9)));
        Assert.Null(cut.Map(TimeSpan.FromSeconds(14)));
        Assert.Equal(TimeSpan.FromSeconds(10), cut.Map(TimeSpan.FromSeconds(15)));
        Assert.Equal(TimeSpan.FromSeconds(45), cut.Map(TimeSpan.FromSeconds(20)));
        Assert.Throws<ArgumentOutOfRangeException>(() => cut.WithRemoved(TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(1)));
    }

    private static bool Touches(ClosedSession view, WatchedRange range, int bucket) =>
        BucketOf(view, range.FromMicroseconds) <= bucket && bucket <= BucketOf(view, range.ToMicroseconds - 1);

    private static int First(ClosedSession view) => view.Watched.Length == 0 ? -1 : BucketOf(view, view.Watched[0].FromMicroseconds);

    private static int Last(ClosedSession view) => view.Watched.Length == 0 ? -1 : BucketOf(view, view.Watched[^1].ToMicroseconds - 1);

    private static int BucketOf(ClosedSession view, long position) =>
        (int)Math.Min(99, Math.Floor(position * 100m / view.Session.DurationMicroseconds));

    private static RetentionCurve CurveOf(params ClosedSession[] sessions) =>
        Assert.Single(Measure(new EngagementOptions(), sessions).Titles).Curve;

    private static RetentionMetrics Measure(EngagementOptions options, params ClosedSession[] sessions)
    {
        var recorder = new RetentionRecorder(options);
        Array.ForEach(sessions, session => session.AddTo(recorder));
        return RetentionMetrics.Of(recorder.Snapshot(), vocabulary: null);
    }
}
