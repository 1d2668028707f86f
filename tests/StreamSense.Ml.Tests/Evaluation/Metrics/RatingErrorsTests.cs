using StreamSense.Ml.Evaluation.Metrics;

namespace StreamSense.Ml.Tests.Evaluation.Metrics;

public sealed class RatingErrorsTests
{
    [Fact]
    public void Of_HandComputed_GivesRootMeanAndBias()
    {
        RatingErrors errors = RatingErrors.Of([3, 4, 5], [4, 4, 1])!.Value;

        Assert.Equal(3, errors.Count);
        Assert.Equal(Math.Sqrt(17 / 3.0), errors.RootMeanSquare, 12);
        Assert.Equal(5 / 3.0, errors.MeanAbsolute, 12);
        Assert.Equal(1, errors.Bias, 12);
    }

    [Fact]
    public void Of_Nothing_IsNull() => Assert.Null(RatingErrors.Of([], []));
}
