using StreamSense.Ml.Candidates.Factors;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Candidates.Factors;

/// <summary>Products have the same bits whatever the machine, and whatever of it native code may use.</summary>
public sealed class FactorProductTests
{
    [Fact]
    public void Dot_AnyLengthAndWidth_IsTheSumInTheOrderOfTheLanes()
    {
        var random = new Random(11);
        for (int length = 0; length <= 150; length++)
        {
            float[] x = Numbers(random, length);
            float[] y = Numbers(random, length);

            Assert.Equal(InLanes(x, y), FactorProduct.Dot<float>(x, y, isWide: true));
            Assert.Equal(InLanes(x, y), FactorProduct.Dot<float>(x, y, isWide: false));
        }
    }

    [Fact]
    public void Dot_Doubles_HaveTheSameBitsAtAnyWidth()
    {
        var random = new Random(12);
        for (int length = 0; length <= 80; length++)
        {
            double[] x = [.. Numbers(random, length).Select(value => Math.Exp(value))];
            double[] y = [.. Numbers(random, length).Select(value => Math.Exp(value))];

            double wide = FactorProduct.Dot<double>(x, y, isWide: true);
            Assert.Equal(FactorProduct.Dot<double>(x, y, isWide: false), wide);
            Assert.Equal(x.Zip(y, (a, b) => a * b).Sum(), wide, 1e-12 * Math.Max(1, wide));
        }
    }

    [Fact]
    public void Dot_LengthsThatDiffer_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FactorProduct.Dot<float>(new float[16], new float[15]));

    [Fact]
    public void Score_ModelOfFactors_HasTheBitsOfTheLanes()
    {
        const int Dimensions = 37;
        const int Items = 50;
        var random = new Random(13);
        float[] user = Numbers(random, Dimensions);
        float[] items = Numbers(random, Dimensions * Items);
        float[] biases = Numbers(random, Items);
        var model = new BprModel(Dimensions, user, items, biases, new float[Items]);

        var scores = new float[Items];
        model.Score(0, [1], [1], scores, new byte[model.ScratchBytes]);

        Assert.Equal(
            Enumerable.Range(0, Items).Select(item => biases[item] + InLanes(user, items[(item * Dimensions)..((item + 1) * Dimensions)])),
            scores);
    }

    private static float[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4) - 2)];

    // What the product is by definition: sixteen lanes, folded in halves, then fours, then one by one.
    private static float InLanes(float[] x, float[] y)
    {
        var lanes = new float[16];
        int whole = x.Length / 16 * 16;
        for (int i = 0; i < whole; i++)
        {
            lanes[i % 16] += x[i] * y[i];
        }

        var fours = new float[4];
        for (int i = 0; i < 4; i++)
        {
            fours[i] = lanes[i] + lanes[i + 8] + (lanes[i + 4] + lanes[i + 12]);
        }

        int rest = whole;
        for (; rest + 4 <= x.Length; rest += 4)
        {
            for (int i = 0; i < 4; i++)
            {
                fours[i] += x[rest + i] * y[rest + i];
            }
        }

        float sum = fours[0] + fours[1] + fours[2] + fours[3];
        for (; rest < x.Length; rest++)
        {
            sum += x[rest] * y[rest];
        }

        return sum;
    }
}
