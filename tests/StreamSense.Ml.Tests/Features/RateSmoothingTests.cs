using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Tests.Features;

/// <summary>The rows that Metarank's documentation works out (doc/configuration/features/counters.md).</summary>
public sealed class RateSmoothingTests
{
    [Theory]
    [InlineData(10, 100, 10, 2, 1, 0.1078)]
    [InlineData(1, 100, 10, 2, 1, 0.1667)]
    [InlineData(10, 100, 10, 10, 3, 0.1182)]
    [InlineData(10, 20, 5, 10, 3, 0.2600)]
    public void Rate_WorkedRows_GiveTheDocumentedRates(
        double weight, int allShown, int allClicked, int shown, int clicked, double expected)
    {
        var rule = new RateRule(new EventSelector(EventKind.Click), new EventSelector(EventKind.Impression), TimeSpan.FromDays(3650))
        {
            PriorWeight = weight,
        };
        using var world = new FeatureWorld(new FeatureSetBuilder().Add("ctr", FeatureScope.Title, rule).Build());
        for (int i = 0; i < allShown; i++)
        {
            world.Take(world.Event(EventKind.Impression, i < shown ? 1 : 2, 1, 0));
        }

        for (int i = 0; i < allClicked; i++)
        {
            world.Take(world.Event(EventKind.Click, i < clicked ? 1 : 2, 1, 0));
        }

        Assert.Equal(expected, world.ReadOne(world.Query(1, 0), 1, "ctr"), 0.00005);
    }

    [Fact]
    public void Rate_NothingCountedAnywhere_IsMissing()
    {
        var rule = new RateRule(new EventSelector(EventKind.Click), new EventSelector(EventKind.Impression), TimeSpan.FromDays(30));
        using var world = new FeatureWorld(new FeatureSetBuilder().Add("ctr", FeatureScope.Title, rule).Build());

        Assert.True(float.IsNaN(world.ReadOne(world.Query(1, 0), 1, "ctr")));

        world.Take(world.Event(EventKind.Impression, 1, 1, 0));
        Assert.Equal(0, world.ReadOne(world.Query(1, 0), 1, "ctr"));
    }
}
