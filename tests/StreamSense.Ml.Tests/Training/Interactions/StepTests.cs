using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

/// <summary>One gradient step against the slope of the loss, measured by moving each number a little.</summary>
public sealed class StepTests
{
    [Fact]
    public void BprStep_AnyPair_GoesDownTheSlope()
    {
        const double Regularisation = 0.02;
        const float Rate = 1e-3f;
        InteractionMatrix data = Tastes.Make(6, 8, 3);
        var options = new BprOptions { Dimensions = 21, StartDeviation = 0.4 };
        var before = new BprSteps(data, options, Regularisation);
        var after = new BprSteps(data, options, Regularisation);
        after.Step(2, 5, 7, Rate);

        double Loss() => -Math.Log(1 / (1 + Math.Exp(-Margin(before, 2, 5, 7))))
            + (Regularisation / 2 * (Squares(before.Users[2]) + Squares(before.Items[5]) + Squares(before.Items[7])
                + Math.Pow(before.Items.BiasOf(5), 2) + Math.Pow(before.Items.BiasOf(7), 2)));
        foreach ((VectorTable moved, VectorTable stepped, int row) in new[]
        {
            (before.Users, after.Users, 2),
            (before.Items, after.Items, 5),
            (before.Items, after.Items, 7),
        })
        {
            for (int i = 0; i < 21; i++)
            {
                double slope = Slope(ref moved[row][i], Loss);
                Assert.Equal(-Rate * slope, stepped[row][i] - moved[row][i], 2e-6);
            }

            double biasSlope = Slope(ref moved.BiasOf(row), Loss);
            Assert.Equal(-Rate * biasSlope, stepped.BiasOf(row) - moved.BiasOf(row), 2e-6);
        }
    }

    [Fact]
    public void BprStep_OtherItems_StayAsTheyWere()
    {
        InteractionMatrix data = Tastes.Make(6, 8, 3);
        var options = new BprOptions { Dimensions = 5 };
        var before = new BprSteps(data, options, 0.01);
        var after = new BprSteps(data, options, 0.01);
        after.Step(2, 5, 7, 0.1f);

        Assert.Equal(before.Items.ToVectors()[..25], after.Items.ToVectors()[..25]);
        Assert.Equal(before.Users.ToVectors()[15..], after.Users.ToVectors()[15..]);
        Assert.Equal([5, 7], Enumerable.Range(0, 8).Where(item => after.Items.BiasOf(item) != 0));
    }

    [Fact]
    public void BiasedMf_Ratings_ArePredictedWithinTheirRange()
    {
        InteractionMatrix data = Tastes.Make(120, 60, 15);
        var model = (BiasedMfModel)new BiasedMfTrainer(new BiasedMfOptions { Dimensions = 8 }).Train(data);
        double squares = 0;
        double spread = 0;
        for (int user = 0; user < data.Users; user++)
        {
            for (int i = 0; i < data.ItemsOf(user).Length; i++)
            {
                float predicted = model.Predict(user, data.ItemsOf(user)[i]);
                Assert.InRange(predicted, model.Range.Lowest, model.Range.Highest);
                squares += Math.Pow(predicted - data.ValuesOf(user)[i], 2);
                spread += Math.Pow(model.Range.Mean - data.ValuesOf(user)[i], 2);
            }
        }

        Assert.InRange(squares, 0, spread * 0.6);
        Assert.Equal(model.Range.Mean, model.Predict(-1, -1), 1e-5f);
    }

    [Fact]
    public void BiasedMf_ScaleOfRatings_DoesNotMatter()
    {
        InteractionMatrix data = Tastes.Make(60, 40, 10);
        InteractionMatrix scaled = Scaled(data, 20, 7);
        var options = new BiasedMfOptions { Dimensions = 8, Regularisation = 0.1 };
        var model = (BiasedMfModel)new BiasedMfTrainer(options).Train(data);
        var other = (BiasedMfModel)new BiasedMfTrainer(options).Train(scaled);
        for (int item = 0; item < data.Items; item++)
        {
            Assert.Equal((model.Predict(3, item) * 20) + 7, other.Predict(3, item), 0.05f);
        }
    }

    [Fact]
    public void BiasedMf_NoDimensions_FitsBiasesAlone()
    {
        var model = (BiasedMfModel)new BiasedMfTrainer(new BiasedMfOptions { Dimensions = 0 }).Train(Tastes.Make(60, 40, 10));

        Assert.Equal(
            model.Range.Mean + model.UserBiases[4] + model.ItemBiases[9],
            Tastes.Scores(model, 4, [], [])[9],
            1e-5f);
    }

    private static InteractionMatrix Scaled(InteractionMatrix data, float factor, float offset)
    {
        var result = new List<Interaction>();
        for (int user = 0; user < data.Users; user++)
        {
            for (int i = 0; i < data.ItemsOf(user).Length; i++)
            {
                float value = (data.ValuesOf(user)[i] * factor) + offset;
                result.Add(new Interaction(user, data.ItemsOf(user)[i], value, new(data.TimesOf(user)[i])));
            }
        }

        return new InteractionMatrix(data.Users, data.Items, result);
    }

    private static double Margin(BprSteps steps, int user, int positive, int negative)
    {
        double margin = steps.Items.BiasOf(positive) - steps.Items.BiasOf(negative);
        for (int i = 0; i < 21; i++)
        {
            margin += (double)steps.Users[user][i] * (steps.Items[positive][i] - steps.Items[negative][i]);
        }

        return margin;
    }

    private static double Squares(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        foreach (float value in vector)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    private static double Slope(ref float number, Func<double> loss)
    {
        const float Move = 1e-2f;
        float kept = number;
        number = kept + Move;
        double above = loss();
        number = kept - Move;
        double below = loss();
        number = kept;
        return (above - below) / (2 * Move);
    }
}
