using StreamSense.Core.Metrics.Comparison;

namespace StreamSense.Core.Tests.Metrics.Comparison;

/// <summary>Against values worked out to thirty digits by other means (hypergeometric series, exact binomials).</summary>
public sealed class DistributionTests
{
    [Theory]
    [InlineData(0.975, 1.9599639845400542)]
    [InlineData(0.995, 2.5758293035489008)]
    [InlineData(0.9995, 3.2905267314918948)]
    [InlineData(0.95, 1.6448536269514727)]
    [InlineData(0.5, 0)]
    [InlineData(0.025, -1.9599639845400542)]
    [InlineData(1e-10, -6.3613409024040562)]
    [InlineData(1e-20, -9.2623400897981532)]
    public void NormalQuantile_KnownShares_IsRightToTwelveDigits(double probability, double expected) =>
        Assert.InRange(NormalDistribution.Quantile(probability) - expected, -1e-12, 1e-12);

    [Theory]
    [InlineData(0.975, 1, 12.706204736175)]
    [InlineData(0.975, 2, 4.3026527297495)]
    [InlineData(0.975, 5, 2.5705818356363)]
    [InlineData(0.975, 10, 2.2281388519863)]
    [InlineData(0.975, 30, 2.0422724563012)]
    [InlineData(0.975, 120, 1.9799304050824)]
    [InlineData(0.995, 7, 3.4994832973505)]
    [InlineData(0.95, 3.5, 2.2224334936496)]
    [InlineData(0.9, 1000, 1.2823987214609)]
    [InlineData(0.975, 100_000, 1.9599877075346)]
    [InlineData(0.025, 5, -2.5705818356363)]
    [InlineData(0.5, 5, 0)]
    public void StudentQuantile_KnownShares_IsRightToTenDigits(double probability, double freedom, double expected) =>
        Assert.InRange(StudentDistribution.Quantile(probability, freedom) - expected, -1e-9, 1e-9);

    [Fact]
    public void StudentQuantile_WhereItGoesOverToTheNormal_HasNoStep() =>
        Assert.InRange(StudentDistribution.Quantile(0.975, 9_999_999) - StudentDistribution.Quantile(0.975, 1e7), 0, 1e-6);

    [Theory]
    [InlineData(2, 3, 0.4, 0.5248)]
    [InlineData(0.5, 0.5, 0.3, 0.36901011956555)]
    [InlineData(50, 50, 0.5, 0.5)]
    [InlineData(5, 3, 0.25, 0.01287841796875)]
    [InlineData(1000, 2000, 0.34, 0.78121509116064)]
    [InlineData(50_000, 50_001, 0.5, 0.5012615631071)]
    [InlineData(2, 3, 0, 0)]
    [InlineData(2, 3, 1, 1)]
    public void IncompleteBeta_KnownValues_IsRightToNineDigits(double a, double b, double x, double expected) =>
        Assert.InRange(IncompleteBeta.Regularized(a, b, x) - expected, -1e-9, 1e-9);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(11, 15.104412573075516)]
    [InlineData(0.5, 0.57236494292470008)]
    [InlineData(0.25, 1.2880225246980775)]
    public void LogGamma_KnownValues_IsRightToThirteenDigits(double x, double expected) =>
        Assert.InRange(IncompleteBeta.LogGamma(x) - expected, -1e-13, 1e-13);
}
