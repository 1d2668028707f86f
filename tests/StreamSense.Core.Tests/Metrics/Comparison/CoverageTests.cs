using StreamSense.Core.Metrics.Comparison;
using StreamSense.Core.Sketches;

namespace StreamSense.Core.Tests.Metrics.Comparison;

/// <summary>
/// How often an interval of 95 % holds the true value, in 4,000 samples of data like those of views (one standard error of the count
/// is 0.34 %).
/// </summary>
public sealed class CoverageTests
{
    private const int Samples = 4_000;

    private readonly Random _random = new(20);

    [Fact]
    public void Proportion_AndTheDifferenceOfTwo_CoverAsOftenAsTheySay()
    {
        int single = 0;
        int difference = 0;
        for (int i = 0; i < Samples; i++)
        {
            double p = 0.02 + (0.48 * _random.NextDouble());
            double q = 0.02 + (0.48 * _random.NextDouble());
            Proportion left = Trials(p, _random.Next(80, 400));
            Proportion right = Trials(q, _random.Next(80, 400));
            single += Holds(left.Estimate(), p);
            difference += Holds(left.DifferenceTo(right), q - p);
        }

        AssertNear(single);
        AssertNear(difference);
    }

    [Fact]
    public void Mean_AndTheDifferenceOfTwo_CoverAsOftenAsTheySay()
    {
        // Watch time: gamma with shape 2 and a mean of 20 min, of 25 min with three times the sample.
        int single = 0;
        int difference = 0;
        for (int i = 0; i < Samples; i++)
        {
            MeanSums left = Means(100, () => Gamma2(600e6));
            MeanSums right = Means(300, () => Gamma2(750e6));
            single += Holds(left.Estimate(), 1_200e6);
            difference += Holds(left.DifferenceTo(right), 300e6);
        }

        AssertNear(single);
        AssertNear(difference);
    }

    [Fact]
    public void Ratio_AndTheDifferenceOfTwo_CoverAsOftenAsTheySay()
    {
        // Stall time over watch time: an eighth of the time of half of the views, so a ratio of 1/16; then 1/20.
        int single = 0;
        int difference = 0;
        for (int i = 0; i < Samples; i++)
        {
            RatioSums left = Ratios(400, 0.5);
            RatioSums right = Ratios(400, 0.4);
            single += Holds(left.Estimate(), 0.0625);
            difference += Holds(left.DifferenceTo(right), 0.05 - 0.0625);
        }

        AssertNear(single);
        AssertNear(difference);
    }

    [Theory]
    [InlineData(0.5, 600)]
    [InlineData(0.95, 1_500)]
    public void Quantile_AndTheDifferenceOfTwo_CoverAsOftenAsTheySay(double quantile, int count)
    {
        // Startup times: log-normal about 2 s and 2.5 s.
        double z = NormalDistribution.Quantile(quantile);
        double left = 2e6 * Math.Exp(0.7 * z);
        double right = 2.5e6 * Math.Exp(0.7 * z);
        int single = 0;
        int difference = 0;
        const int Fewer = Samples / 4;
        for (int i = 0; i < Fewer; i++)
        {
            QuantileSketch before = Sketch(count, 2e6);
            QuantileSketch after = Sketch(count, 2.5e6);
            single += Holds(QuantileInterval.Of(before, quantile), left);
            difference += Holds(QuantileInterval.Difference(before, after, quantile), right - left);
        }

        AssertNear(single, Fewer);
        AssertNear(difference, Fewer);
    }

    private static int Holds(in Estimate estimate, double truth) => estimate.Interval!.Value.Contains(truth) ? 1 : 0;

    private static void AssertNear(int held, int samples = Samples) => Assert.InRange((double)held / samples, 0.93, 0.97);

    private Proportion Trials(double probability, int trials)
    {
        int successes = 0;
        for (int i = 0; i < trials; i++)
        {
            successes += _random.NextDouble() < probability ? 1 : 0;
        }

        return new Proportion(successes, trials);
    }

    private static MeanSums Means(int count, Func<double> next)
    {
        (Int128 sum, Int128 squares) = (0, 0);
        for (int i = 0; i < count; i++)
        {
            var value = (long)next();
            sum += value;
            squares += (Int128)value * value;
        }

        return new MeanSums(count, sum, squares);
    }

    private RatioSums Ratios(int count, double stalledShare)
    {
        var sums = new RatioSums(count, 0, 0, 0, 0, 0);
        for (int i = 0; i < count; i++)
        {
            var watch = (long)Gamma2(600e6);
            long stall = _random.NextDouble() < stalledShare ? watch / 8 : 0;
            sums = sums with
            {
                Numerator = sums.Numerator + stall,
                Denominator = sums.Denominator + watch,
                NumeratorSquares = sums.NumeratorSquares + ((Int128)stall * stall),
                DenominatorSquares = sums.DenominatorSquares + ((Int128)watch * watch),
                Products = sums.Products + ((Int128)stall * watch),
            };
        }

        return sums;
    }

    private QuantileSketch Sketch(int count, double median)
    {
        var sketch = new QuantileSketch();
        for (int i = 0; i < count; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
            sketch.Add((long)(median * Math.Exp(0.7 * normal)));
        }

        return sketch;
    }

    private double Gamma2(double scale) => -scale * Math.Log((1 - _random.NextDouble()) * (1 - _random.NextDouble()));
}
