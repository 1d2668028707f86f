using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

public sealed class BiasedMfTrainerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Train_NoTastesInFewRatings_IsAsGoodAsBiasesAlone(int seed)
    {
        (InteractionMatrix train, List<Interaction> test) = OpinionsAlone(seed);
        double factors = ErrorOf((BiasedMfModel)new BiasedMfTrainer().Train(train), test);
        double alone = ErrorOf((BiasedMfModel)new BiasedMfTrainer(new BiasedMfOptions { Dimensions = 0 }).Train(train), test);

        Assert.True(factors <= alone * 1.005, $"{factors} beside {alone}");
    }

    [Fact]
    public void Train_NothingOfVectorsBelieved_IsBiasesAlone()
    {
        InteractionMatrix data = Tastes.Make(60, 40, 10);
        var options = new BiasedMfOptions { Dimensions = 8, UserShrinkage = 3, ItemShrinkage = 5, Regularisation = 0.1, FactorShare = 0 };
        var mixed = (BiasedMfModel)new BiasedMfTrainer(options).Train(data);
        options.Dimensions = 0;
        var alone = (BiasedMfModel)new BiasedMfTrainer(options).Train(data);

        for (int item = 0; item < data.Items; item++)
        {
            Assert.Equal(alone.Predict(7, item), mixed.Predict(7, item), 1e-5f);
        }
    }

    [Fact]
    public void ShareOf_TwoModels_MixIsNotWorseThanEither()
    {
        (InteractionMatrix train, _) = OpinionsAlone(4);
        var held = new HeldRatings(train, seed: 1);
        var shape = new BiasedMfShape(4, 4, 0.02, 1);
        RatingBiases biases = RatingBiases.Of(held.Train, shape.UserShrinkage, shape.ItemShrinkage, 2, default);
        var steps = new BiasedMfSteps(held.Train, new BiasedMfOptions { Dimensions = 16 }, biases, shape);
        for (int epoch = 0; epoch < 20; epoch++)
        {
            steps.Run(epoch, 0.02f, default);
        }

        BiasedMfModel model = steps.ToModel();
        double share = held.ShareOf(biases, model);

        Assert.InRange(share, 0, 1);
        Assert.True(held.ErrorOf(biases, model, share) <= held.ErrorOf(biases) * 1.0001);
        Assert.True(held.ErrorOf(biases, model, share) <= held.ErrorOf(biases, model, 1) * 1.0001);
    }

    [Fact]
    public void Of_AnyRatings_BiasesAreTheMeanAboveTheOthersShrunk()
    {
        InteractionMatrix data = Tastes.Make(60, 40, 10);
        RatingBiases biases = RatingBiases.Of(data, 3, 5, threads: 2, default);
        for (int user = 0; user < data.Users; user++)
        {
            double sum = 0;
            for (int i = 0; i < data.ItemsOf(user).Length; i++)
            {
                sum += biases.Scale.Scaled(data.ValuesOf(user)[i]) - biases.Items[data.ItemsOf(user)[i]];
            }

            Assert.Equal(sum / (data.ItemsOf(user).Length + 3), biases.Users[user], 1e-5);
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Validate_FactorShareOutOfRange_Throws(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BiasedMfTrainer(new BiasedMfOptions { FactorShare = share }));

    // Some rate higher and some items are better, and nothing else: what vectors find is chance.
    private static (InteractionMatrix Train, List<Interaction> Test) OpinionsAlone(int seed)
    {
        var random = new Random(seed);
        double[] users = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())];
        double[] items = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
        var train = new List<Interaction>();
        var test = new List<Interaction>();
        for (int user = 0; user < users.Length; user++)
        {
            for (int i = 0; i < 12; i++)
            {
                int item = random.Next(items.Length);
                float rating = (float)(2 + users[user] + items[item] + (1.5 * random.NextDouble()));
                (i < 8 ? train : test).Add(new Interaction(user, item, rating, Tastes.Time(i)));
            }
        }

        return (new InteractionMatrix(users.Length, items.Length, train), test);
    }

    private static double ErrorOf(BiasedMfModel model, List<Interaction> test) => Math.Sqrt(
        test.Average(rating => Math.Pow(rating.Value - model.Predict(rating.User, rating.Item), 2)));
}
