using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Tests.Features.Declarations;

public sealed class FeatureSetJsonTests
{
    [Fact]
    public void Parse_WhatWasWritten_GivesTheSameSet()
    {
        var plays = new EventSelector(FeatureSignal.ViewStarted);
        FeatureSet set = new FeatureSetBuilder()
            .AddAll(StandardFeatures.Streaming)
            .Add(new FeatureDefinition("special", FeatureScope.Viewer, Revision: 3)
            {
                Rule = new DecayRule(
                    new EventSelector(
                        [EventKind.Click], SignalValue.Weight,
                        [SignalCondition.Is(SignalText.Surface, "home"), SignalCondition.IsNot(SignalText.App, "x"),
                            SignalCondition.Below(SignalValue.Position, 5)]),
                    TimeSpan.FromSeconds(90)),
                Ttl = TimeSpan.FromDays(90), Default = 0.5f, Purposes = ConsentPurposes.Personalisation | ConsentPurposes.Social,
            })
            .Add("vector", FeatureScope.Device, new VectorRule("text", plays))
            .Add("segment", FeatureScope.Viewer, new SegmentRule("loyal"))
            .Add("is", FeatureScope.Request, new RequestIsRule(FeatureDimension.Surface, "home"))
            .Build();

        FeatureSet again = FeatureSet.Parse(set.ToJson());

        for (int i = 0; i < set.Features.Length; i++)
        {
            Assert.Equal(set.Features[i], again.Features[i]);
        }

        Assert.Equal(set.Hash, again.Hash);
        Assert.Equal(set.Layout.Hash, again.Layout.Hash);
        Assert.Equal(set.ToJson(), again.ToJson());
    }

    [Theory]
    [InlineData("""{"features":[{"name":"x","scope":"title","rule":"decay","of":{"on":["view_started"]},"halfLife":"1d"}]}""",
        "features[0].half_life: is missing")]
    [InlineData("""{"features":[{"name":"x","scope":"title","rule":"total","of":{"on":["view_started"]},"tll":"1d"}]}""",
        "features[0].tll: there is no such member")]
    [InlineData("""{"features":[{"name":"x","scope":"titel","rule":"total","of":{"on":["view_started"]}}]}""",
        "features[0].scope: 'titel' is none of title")]
    [InlineData("""{"features":[{"name":"x","scope":"title","rule":"sum"}]}""", "features[0].rule: there is no rule 'sum'")]
    [InlineData("""{"features":[{"name":"x","scope":"title","rule":"total","of":{"on":["plays"]}}]}""",
        "features[0].of.on: there is no signal 'plays'")]
    [InlineData("""{"features":[{"name":"x","scope":"title","rule":"total","of":{"on":["rating"],"where":[{"value":"rating"}]}}]}""",
        "features[0].of.where[0].below: is missing")]
    [InlineData("""{"features":[{"name":"x","scope":"title","rule":"decay","of":{"on":["rating"]},"half_life":"soon"}]}""",
        "'soon' is no duration")]
    [InlineData("""{"features":[{"name":"x","scope":"title","rule":"decay","of":{"on":["rating"]},"half_life":"0s"}]}""",
        "x: a window, half-life or gap lasts from a second")]
    [InlineData("""{"features":[{"name":"x","scope":"view","rule":"binge","half_life":"1d"}]}""", "x: a BingeRule does not go with")]
    [InlineData("""{"features":[{"name":"x","scope":"dimension","rule":"total","of":{"on":["rating"]}}]}""", "x: a dimension goes with")]
    [InlineData("""{"features":[{"name":"1x","rule":"expression","text":"1"}]}""", "1x: a name has letters")]
    [InlineData("""{"features":[{"name":"x","rule":"expression","text":"1"},{"name":"x","rule":"expression","text":"1"}]}""",
        "x: there are two features of this name")]
    [InlineData("""{"features":[]}""", "features: a set has from 1")]
    [InlineData("""{"features":{}}""", "features: an array was expected")]
    [InlineData("""{"more":1,"features":[{"name":"x","rule":"expression","text":"1"}]}""", "more: there is no such member")]
    [InlineData("""{"features":[{"name":"x","name":"y"}]}""", "json:")]
    [InlineData("[", "json:")]
    [InlineData("[]", "an object was expected")]
    public void Parse_WrongDeclaration_SaysWhereAndWhy(string json, string problem)
    {
        FeatureSetException refused = Assert.Throws<FeatureSetException>(() => FeatureSet.Parse(json));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Streaming_StandardSet_HasTheNamedFeaturesAndManyMore()
    {
        FeatureLayout layout = StandardFeatures.Streaming.Layout;

        Assert.All(
            (string[])[FeatureNames.TitlePlays, FeatureNames.TitleWatch, FeatureNames.TitleFreshness],
            name => Assert.Equal(FeatureScope.Title, layout.Features[layout.IndexOf(name)].Scope));
        Assert.All(
            (string[])[FeatureNames.InProgress, FeatureNames.HoursSinceWatched, FeatureNames.Finished],
            name => Assert.Equal(FeatureScope.ViewerTitle, layout.Features[layout.IndexOf(name)].Scope));
        Assert.InRange(layout.Count, 40, 100);
    }
}
