using System.Numerics.Tensors;
using StreamSense.Ml.Training;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

public sealed class IalsTrainerTests
{
    private static readonly IalsShape Shape = new(Dimensions: 72, UnobservedWeight: 0.2, Regularisation: 0.03, FrequencyExponent: 0.7);

    // Histories of 3 and of 40: the first are solved by what they have in common, the second each for itself.
    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void SolveSide_EitherSide_LeavesNoGradient(int perUser)
    {
        InteractionMatrix data = Tastes.Make(60, 50, perUser);
        var trainer = new IalsTrainer(Options());
        float[] items = Numbers(50 * Shape.Dimensions);
        var users = new float[60 * Shape.Dimensions];

        trainer.SolveSide(data, Shape, byUser: true, items, users, default);
        AssertNoGradient(data, users, items, byUser: true);

        trainer.SolveSide(data, Shape, byUser: false, users, items, default);
        AssertNoGradient(data, items, users, byUser: false);
    }

    [Fact]
    public void Train_EachSweep_LowersTheLoss()
    {
        var losses = new List<double>();
        new IalsTrainer(Options()).Train(Tastes.Make(100, 70, 15), new Collecting(losses));

        Assert.Equal(8, losses.Count);
        for (int i = 1; i < losses.Count; i++)
        {
            Assert.True(losses[i] <= losses[i - 1] * (1 + 1e-6), $"Sweep {i} raised the loss from {losses[i - 1]} to {losses[i]}.");
        }
    }

    [Fact]
    public void Loss_Vectors_IsTheSumOverAllPairs()
    {
        InteractionMatrix data = Tastes.Make(9, 11, 4);
        float[] users = Numbers(9 * Shape.Dimensions);
        float[] items = Numbers(11 * Shape.Dimensions);
        double expected = 0;
        for (int user = 0; user < 9; user++)
        {
            for (int item = 0; item < 11; item++)
            {
                double product = TensorPrimitives.Dot<float>(VectorOf(users, user), VectorOf(items, item));
                expected += Shape.UnobservedWeight * product * product;
                expected += data.ItemsOf(user).Contains(item) ? (1 - product) * (1 - product) : 0;
            }

            expected += Shape.Ridge(data.ItemsOf(user).Length, 11) * TensorPrimitives.SumOfSquares<float>(VectorOf(users, user));
        }

        for (int item = 0; item < 11; item++)
        {
            expected += Shape.Ridge(data.UsersOf(item).Length, 9) * TensorPrimitives.SumOfSquares<float>(VectorOf(items, item));
        }

        Assert.Equal(expected, IalsTrainer.Loss(data, Shape, users, items), expected * 1e-5);
    }

    [Fact]
    public void FoldIn_HistoryOfATrainedUser_GivesTheUsersVector()
    {
        InteractionMatrix data = Tastes.Make(100, 70, 15);
        var model = (IalsModel)new IalsTrainer(Options()).Train(data);
        var vector = new float[Shape.Dimensions];
        for (int user = 0; user < data.Users; user++)
        {
            model.FoldIn(data.ItemsOf(user), vector, new byte[model.ScratchBytes]);

            ReadOnlySpan<float> trained = model.UserVectors.Slice(user * Shape.Dimensions, Shape.Dimensions);
            Assert.True(TensorPrimitives.Distance(trained, vector) < 1e-5);
        }
    }

    [Fact]
    public void FoldIn_ScratchTooSmall_IsRefused()
    {
        var model = (IalsModel)new IalsTrainer(Options()).Train(Tastes.Make(20, 20, 5));

        Assert.ThrowsAny<ArgumentException>(() => model.FoldIn([1], new float[Shape.Dimensions], new byte[64]));
    }

    private static IalsOptions Options() => new()
    {
        Dimensions = Shape.Dimensions,
        UnobservedWeight = Shape.UnobservedWeight,
        Regularisation = Shape.Regularisation,
        FrequencyExponent = Shape.FrequencyExponent,
        Sweeps = 8,
    };

    private static float[] Numbers(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5) * 0.3f)];
    }

    private static Span<float> VectorOf(float[] vectors, int row) =>
        vectors.AsSpan(row * Shape.Dimensions, Shape.Dimensions);

    // Half the derivative by each number of each vector: α₀ Σ (x·y) y + Σ (x·y - 1) y over what is taken + ρ x.
    private static void AssertNoGradient(InteractionMatrix data, float[] solved, float[] against, bool byUser)
    {
        int rows = solved.Length / Shape.Dimensions;
        int others = against.Length / Shape.Dimensions;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<int> taken = byUser ? data.ItemsOf(row) : data.UsersOf(row);
            var gradient = new double[Shape.Dimensions];
            double ridge = Shape.Ridge(taken.Length, others);
            for (int other = 0; other < others; other++)
            {
                double product = TensorPrimitives.Dot<float>(VectorOf(solved, row), VectorOf(against, other));
                double factor = (Shape.UnobservedWeight * product) + (taken.Contains(other) ? product - 1 : 0);
                for (int i = 0; i < gradient.Length; i++)
                {
                    gradient[i] += factor * VectorOf(against, other)[i];
                }
            }

            for (int i = 0; i < gradient.Length; i++)
            {
                Assert.Equal(0, gradient[i] + (ridge * VectorOf(solved, row)[i]), 1e-5);
            }
        }
    }

    private sealed class Collecting(List<double> losses) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) => losses.Add(value.Loss!.Value);
    }
}
