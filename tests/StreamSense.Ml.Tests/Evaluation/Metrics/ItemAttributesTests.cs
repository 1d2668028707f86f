using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Ml.Tests.Evaluation.Metrics;

public sealed class ItemAttributesTests
{
    private static readonly ItemAttributes Attributes = new([[1, 2], [2, 1, 1], [2, 3], [], [9]]);

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(0, 2, 2 / 3.0)]
    [InlineData(0, 4, 1)]
    [InlineData(3, 3, 1)]
    public void Distance_Pairs_IsOneLessJaccard(int left, int right, double distance)
    {
        Assert.Equal(distance, Attributes.Distance(left, right), 12);
        Assert.Equal(distance, Attributes.Distance(right, left), 12);
    }

    [Fact]
    public void DiversityOf_List_IsTheMeanOfPairs()
    {
        Assert.Equal((0 + (2 / 3.0) + (2 / 3.0)) / 3, Attributes.DiversityOf([0, 1, 2]), 12);
        Assert.Equal(0, Attributes.DiversityOf([4]));
    }
}
