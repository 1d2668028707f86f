using StreamSense.Core.Events;
using StreamSense.Ml.Features.Segments;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features.Segments;

public sealed class AudienceRuleTests
{
    private readonly Vocabulary _vocabulary = new();
    private readonly ViewerTraits _traits;

    public AudienceRuleTests() => _traits = new ViewerTraits
    {
        Plan = _vocabulary.Terms.Intern("premium"),
        Country = _vocabulary.Countries.Intern("DE"),
        Kids = true,
        Plays = 12,
        WatchMicroseconds = 5_400_000_000,
        LastPlay = World.At(0),
        FirstSeen = World.At(-86_400 * 30),
        Payments = 2,
        AmountMillionths = 19_980_000,
    };

    [Theory]
    [InlineData("plan == \"premium\"", true)]
    [InlineData("plan != \"premium\"", false)]
    [InlineData("plan in (\"basic\", \"premium\")", true)]
    [InlineData("country in (\"AT\")", false)]
    [InlineData("plays >= 12 and plays <= 12", true)]
    [InlineData("plays > 12 or plays < 12", false)]
    [InlineData("plays in (3, 12)", true)]
    [InlineData("plays != 12", false)]
    [InlineData("watch_hours == 1.5", true)]
    [InlineData("amount > 19.9 and payments == 2", true)]
    [InlineData("kids", true)]
    [InlineData("not kids", false)]
    [InlineData("days_since_play < 2.5", true)]
    [InlineData("days_since_first > 31.9", true)]
    [InlineData("not (plays > 20) and (country == \"DE\" or country == \"AT\")", true)]
    [InlineData("plays > 20 and kids or plan == \"premium\"", true)]
    [InlineData("plays > 20 and (kids or plan == \"premium\")", false)]
    [InlineData("device_kind == \"tv\"", false)]
    [InlineData("device_kind != \"tv\"", false)]
    [InlineData("not device_kind == \"tv\"", false)]
    [InlineData("device_kind == \"tv\" or kids", true)]
    [InlineData("not (device_kind == \"tv\" and plays > 20)", true)]
    [InlineData("days_a_member > 0", false)]
    public void Holds_Condition_IsJudgedAsItReads(string text, bool holds)
    {
        AudienceRule rule = AudienceRule.Parse("s", text);
        Assert.Equal(holds, rule.Holds(_traits, World.At(2 * 86_400), _vocabulary));
        Assert.Equal(text.Contains("days", StringComparison.Ordinal), rule.DependsOnTime);
    }

    [Theory]
    [InlineData("", "At character 1 of the rule '': expected a name.")]
    [InlineData("age > 3", "there is no 'age'; there are: plan, country")]
    [InlineData("plays >", "expected a number")]
    [InlineData("plays > NaN", "expected a number")]
    [InlineData("plan", "expected a comparison")]
    [InlineData("plan < \"x\"", "'plan' is a text")]
    [InlineData("plan == premium", "expected a text in double quotes")]
    [InlineData("plan == \"premium", "expected a text in double quotes")]
    [InlineData("plays > 3 plays", "At character 11")]
    [InlineData("(plays > 3", "expected ')'")]
    [InlineData("plays in 3", "expected '('")]
    public void Parse_WhatIsNoRule_SaysWhereAndWhy(string text, string message)
    {
        FormatException failure = Assert.Throws<FormatException>(() => AudienceRule.Parse("s", text));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooDeepOrTooLong_IsRefused()
    {
        Assert.Throws<FormatException>(() => AudienceRule.Parse("s", new string('(', 100) + "kids" + new string(')', 100)));
        Assert.Throws<FormatException>(() => AudienceRule.Parse("s", string.Join(" or ", Enumerable.Repeat("kids", 1000))));
    }

    [Fact]
    public void Holds_Judging_AllocatesNothing()
    {
        AudienceRule rule = AudienceRule.Parse("s", "plan in (\"a\", \"premium\") and (plays > 3 or not kids) and days_since_play < 7");
        long least = Contracts.Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                rule.Holds(_traits, World.At(i), _vocabulary);
            }
        });
        Assert.Equal(0, least);
    }
}
