using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

public sealed class BprTrainerTests
{
    [Fact]
    public void Run_SeveralDrawn_StepsAgainstHigherItems()
    {
        InteractionMatrix data = Tastes.Make(200, 80, 16);
        double Loss(int drawn)
        {
            var steps = new BprSteps(data, new BprOptions { Dimensions = 16, StartDeviation = 0.5, NegativesDrawn = drawn }, 0.02);
            return steps.Run(0, 1e-6f, default);
        }

        Assert.True(Loss(8) > 1.5 * Loss(1), $"{Loss(8)} beside {Loss(1)}");
        Assert.InRange(Loss(3), Loss(1), Loss(8));
    }

    [Fact]
    public void Train_NeverTaken_HasNoVector()
    {
        var data = new InteractionMatrix(
            4, 5, [new(0, 1, 1, Tastes.Time(0)), new(0, 2, 1, Tastes.Time(1)), new(2, 1, 1, Tastes.Time(2)), new(2, 4, 1, Tastes.Time(3))]);
        var model = (BprModel)new BprTrainer(new BprOptions { Dimensions = 3, Regularisation = 0.01, Epochs = 5 }).Train(data);

        Assert.All(model.ItemVectors[..3].ToArray().Concat(model.ItemVectors[9..12].ToArray()), value => Assert.Equal(0, value));
        Assert.All(model.UserVectors[3..6].ToArray(), value => Assert.Equal(0, value));
        Assert.All(model.ItemVectors[3..9].ToArray(), value => Assert.NotEqual(0, value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Validate_NegativesDrawnOutOfRange_Throws(int drawn) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BprTrainer(new BprOptions { NegativesDrawn = drawn }));
}
