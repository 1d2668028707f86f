using System.Collections.Immutable;
using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Ml.Models.Serving;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;

namespace StreamSense.Ml.Tests.Models.Serving;

public sealed class WarmUpCaptureTests
{
    private static readonly ModelInfo Model = new("home", "1", 1);

    [Fact]
    public void Requests_MoreThanItKeeps_AreTheLatest()
    {
        var capture = new WarmUpCapture(requests: 2, candidates: 3, features: 2);
        Append(capture, 1, 1);
        Append(capture, 2, 2);
        Append(capture, 3, 3);
        ImmutableArray<WarmUpRequest> kept = capture.Requests();

        Assert.Equal([2, 3], kept.Select(request => request.Titles.Length));
        Assert.Equal([30f, 31f, 32f, 33f, 34f, 35f], kept[1].Features.AsEnumerable());
        Assert.Equal(new EventTime(3), kept[1].Time);
        Assert.Equal(new ViewerId(3), kept[1].Viewer);
    }

    [Fact]
    public void Requests_ALongerRanking_IsCutColumnByColumn()
    {
        var capture = new WarmUpCapture(requests: 1, candidates: 2, features: 2);
        Append(capture, 1, 3);

        Assert.Equal([10f, 11f, 13f, 14f], Assert.Single(capture.Requests()).Features.AsEnumerable());
    }

    [Fact]
    public void TryAppend_AnotherNumberOfFeatures_IsPassedOnOnly()
    {
        var next = new CountingLog();
        var capture = new WarmUpCapture(requests: 1, candidates: 2, features: 5, next);
        Append(capture, 1, 2);

        Assert.Empty(capture.Requests());
        Assert.Equal(1, next.Count);
    }

    [Fact]
    public void TryAppend_Warm_AllocatesNothing()
    {
        var capture = new WarmUpCapture(requests: 2, candidates: 3, features: 2);
        TitleId[] titles = [new(1), new(2)];
        float[] features = [1, 2, 3, 4];

        Assert.Equal(0, Allocations.Least(() => capture.TryAppend(new RankingRecord
        {
            Request = default,
            Surface = 1,
            Time = default,
            Model = Model,
            Candidates = titles,
            Features = features,
        })));
    }

    [Fact]
    public void Requests_WhileOthersAppend_AreWhole()
    {
        var capture = new WarmUpCapture(requests: 4, candidates: 3, features: 2);
        Parallel.For(0, 2000, i =>
        {
            Append(capture, (ulong)(i % 50) + 1, 3);
            foreach (WarmUpRequest request in capture.Requests())
            {
                float first = request.Features[0];
                Assert.Equal([first, first + 1, first + 2, first + 3, first + 4, first + 5], request.Features.AsEnumerable());
                Assert.Equal(first, request.Time.UnixMicroseconds * 10f);
            }
        });
    }

    private static void Append(WarmUpCapture capture, ulong number, int count) => Assert.True(capture.TryAppend(new RankingRecord
    {
        Request = default,
        Surface = 1,
        Time = new EventTime((long)number),
        Viewer = new ViewerId(number),
        Model = Model,
        Candidates = [.. Enumerable.Range(1, count).Select(i => new TitleId((ulong)i))],
        Features = [.. Enumerable.Range(0, count * 2).Select(i => (number * 10f) + i)],
    }));

    private sealed class CountingLog : IDecisionLog
    {
        public int Count { get; private set; }

        public bool TryAppend(in RankingRecord record)
        {
            Count++;
            return true;
        }
    }
}
