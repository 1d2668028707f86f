using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Tests.Features.Expressions;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("10 - 4 - 3", 3)]
    [InlineData("-2 * -3", 6)]
    [InlineData("8 / 4 / 2", 1)]
    [InlineData("min(3, max(1, 2))", 2)]
    [InlineData("log1p(0)", 0)]
    [InlineData("log1p(1)", 0.6931471805599453)]
    [InlineData("log(10)", 2.302585092994046)]
    [InlineData("exp(1)", 2.718281828459045)]
    [InlineData("sqrt(2)", 1.4142135623730951)]
    [InlineData("abs(-4)", 4)]
    [InlineData("2 < 3", 1)]
    [InlineData("3 <= 3", 1)]
    [InlineData("3 > 3", 0)]
    [InlineData("2 >= 3", 0)]
    [InlineData("2 == 2", 1)]
    [InlineData("2 != 2", 0)]
    [InlineData("if(1 < 2, 5, 6)", 5)]
    [InlineData("if(0, 5, 6)", 6)]
    [InlineData("if_missing(log(0), 7)", 7)]
    [InlineData("log(0)", double.NaN)]
    [InlineData("1 / 0", double.NaN)]
    [InlineData("sqrt(0 - 1)", double.NaN)]
    [InlineData("if(log(0), 1, 2)", double.NaN)]
    [InlineData("log(0) < 1", double.NaN)]
    [InlineData("exp(-2000)", 0)]
    [InlineData("exp(2000)", double.NaN)]
    public void Expression_OfNumbers_HasTheirValue(string text, double expected)
    {
        using var world = new FeatureWorld(new FeatureSetBuilder().Add("x", text).Build());

        float found = world.ReadOne(world.Query(1, 0), 1, "x");

        if (double.IsNaN(expected))
        {
            Assert.True(float.IsNaN(found));
        }
        else
        {
            Assert.Equal(expected, found, 1e-6);
        }
    }

    [Fact]
    public void Expression_OfFeatures_IsWhatTheColumnsGive()
    {
        FeatureSet set = new FeatureSetBuilder()
            .Add("both", "log1p(plays.total) + 2 * doubled")
            .Add("doubled", "plays.total * 2")
            .Add("plays.total", FeatureScope.Title, new TotalRule(new EventSelector(FeatureSignal.ViewStarted)))
            .Build();
        using var world = new FeatureWorld(set);
        world.Take(world.Play(1, 1, 0), world.Play(1, 1, 0), world.Play(2, 1, 0));

        Assert.Equal(Math.Log(3) + 8, world.ReadOne(world.Query(1, 0), 1, "both"), 1e-6);
        Assert.Equal(Math.Log(2) + 4, world.ReadOne(world.Query(1, 0), 2, "both"), 1e-6);
        Assert.Equal(0, world.ReadOne(world.Query(1, 0), 3, "both"), 1e-6);
    }

    [Theory]
    [InlineData("1 +", "ends too early")]
    [InlineData("1 2", "'2' was not expected at character 3")]
    [InlineData("nothing", "there is no feature 'nothing'")]
    [InlineData("sin(1)", "there is no function 'sin'")]
    [InlineData("min(1)", "',' was expected at character 6")]
    [InlineData("(1", "')' was expected")]
    [InlineData("1.2.3", "'1.2.3' is not a number")]
    [InlineData("x + 1", "leads back to itself")]
    [InlineData("y", "leads back to itself")]
    public void Build_WrongExpression_SaysWhereAndWhy(string text, string problem)
    {
        FeatureSetBuilder builder = new FeatureSetBuilder().Add("x", text).Add("y", "x * 2");

        FeatureSetException refused = Assert.Throws<FeatureSetException>(builder.Build);

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NestedTooDeep_IsRefused()
    {
        string text = new string('(', 100) + "1" + new string(')', 100);

        Assert.Throws<FeatureSetException>(new FeatureSetBuilder().Add("x", text).Build);
    }
}
