using System.Collections.Immutable;
using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Serving;
using StreamSense.Ml.Ranking;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests.Models.Serving;

public sealed class ModelWarmUpTests
{
    private static readonly ImmutableArray<WarmUpRequest> Requests =
        SyntheticRequests.Make(ModelLayout.Of(ModelScene.Layout), requests: 10, candidates: 20);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Run_AGoodModel_IsAccepted()
    {
        WarmUpReport report = new ModelWarmUp().Run(new LinearRanker(ModelScene.Linear(), ModelScene.Layout), Requests);

        Assert.True(report.IsAccepted, report.Problem);
        Assert.Equal(300, report.Calls);
        Assert.True(report.Median <= report.P99);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Run_AScoreThatIsNoNumber_IsRefused(float score)
    {
        int call = 0;
        WarmUpReport report = Run(new ScriptedRanker(() => ++call == 9 ? score : 1));

        Assert.Contains("a score is", report.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AModelThatThrows_IsRefusedWithItsMessage()
    {
        WarmUpReport report = Run(new ScriptedRanker(() => throw new InvalidOperationException("out of order")));

        Assert.False(report.IsAccepted);
        Assert.Contains("out of order", report.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AModelWithStateBetweenCalls_IsRefused()
    {
        int calls = 0;

        Assert.Contains("second time", Run(new ScriptedRanker(() => calls++)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OverTheBudget_IsReportedAndRefusedIfSoChosen()
    {
        ScriptedRanker slow = new(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(3));
            return 1;
        });
        var options = new ModelWarmUpOptions { LatencyBudget = TimeSpan.FromMilliseconds(2) };
        WarmUpReport reported = new ModelWarmUp(options, _clock).Run(slow, Requests);
        WarmUpReport refused = new ModelWarmUp(
            new ModelWarmUpOptions { LatencyBudget = TimeSpan.FromMilliseconds(2), RefuseOverBudget = true }, _clock).Run(slow, Requests);

        Assert.True(reported.IsAccepted && reported.IsOverBudget);
        Assert.Equal(TimeSpan.FromMilliseconds(3), reported.P99);
        Assert.Contains("2000 µs are allowed", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AfterTheLongestTime_EndsButTriesEachRequest()
    {
        ScriptedRanker slow = new(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return 1;
        });

        Assert.Equal(Requests.Length, Run(slow).Calls);
    }

    [Fact]
    public void Run_NoRequestThatFits_IsRefused()
    {
        Assert.False(new ModelWarmUp().Run(new ScriptedRanker(() => 1), []).IsAccepted);
        Assert.False(new ModelWarmUp().Run(new ScriptedRanker(() => 1), [new WarmUpRequest([new(1)], [1f])]).IsAccepted);
    }

    [Fact]
    public void Make_Synthetic_LiesWithinTheRangesAndIsTheSameBySeed()
    {
        ModelLayout layout = new([new ModelFeature("a", "Title", 1) { Least = 5, Most = 6 }, new ModelFeature("b", "Title", 1)], 1);
        ImmutableArray<WarmUpRequest> made = SyntheticRequests.Make(layout, requests: 5, candidates: 40, seed: 3, shared: 2);
        float[] first = [.. made.Take(4).SelectMany(request => request.Features[..40]).Where(value => !float.IsNaN(value))];
        float[] second = [.. made.Take(4).SelectMany(request => request.Features[40..]).Where(value => !float.IsNaN(value))];

        Assert.All(first, value => Assert.InRange(value, 5, 6));
        Assert.All(second, value => Assert.InRange(value, 0, 1));
        Assert.InRange(first.Length, 100, 159);
        Assert.All(made[4].Features, value => Assert.Equal(float.NaN, value));
        Assert.All(made, request => Assert.Equal(2, request.Shared.Length));
        Assert.Equal(made[0].Features.AsEnumerable(), SyntheticRequests.Make(layout, 5, 40, seed: 3)[0].Features.AsEnumerable());
        Assert.NotEqual(made[0].Titles.AsEnumerable(), SyntheticRequests.Make(layout, 5, 40, seed: 4)[0].Titles.AsEnumerable());
    }

    private WarmUpReport Run(IRanker ranker) => new ModelWarmUp(time: _clock).Run(ranker, Requests);
}
