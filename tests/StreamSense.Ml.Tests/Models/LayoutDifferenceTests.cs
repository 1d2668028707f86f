using StreamSense.Ml.Features;
using StreamSense.Ml.Models;

namespace StreamSense.Ml.Tests.Models;

public sealed class LayoutDifferenceTests
{
    private static readonly FeatureDefinition A = new("a", FeatureScope.Title);
    private static readonly FeatureDefinition B = new("b", FeatureScope.Viewer);

    [Fact]
    public void DifferenceTo_TheSameLayout_IsNull() => Assert.Null(Of(A, B).DifferenceTo(new FeatureLayout(A, B)));

    [Fact]
    public void DifferenceTo_OtherFeatures_NamesMissingExtraAndChanged()
    {
        ModelLayout model = Of(A, B, new FeatureDefinition("gone", FeatureScope.Title), new FeatureDefinition("moved", FeatureScope.Title));
        LayoutDifference difference = model.DifferenceTo(new FeatureLayout(
            A,
            B with { Revision = 2 },
            new FeatureDefinition("moved", FeatureScope.Viewer),
            new FeatureDefinition("new", FeatureScope.Title)))!;

        Assert.Equal(["gone"], difference.Missing.AsEnumerable());
        Assert.Equal(["new"], difference.Extra.AsEnumerable());
        Assert.Equal(["b (revision 1, there 2)", "moved (of the Title, there of the Viewer)"], difference.Changed.AsEnumerable());
        Assert.Equal(
            "missing: gone; not known to the model: new; changed: b (revision 1, there 2), moved (of the Title, there of the Viewer)",
            difference.ToString());
    }

    [Fact]
    public void DifferenceTo_AnotherOrder_SaysSo() =>
        Assert.Contains("another order", Of(A, B).DifferenceTo(new FeatureLayout(B, A))!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void ToString_ManyNames_NamesTheFirst()
    {
        FeatureDefinition[] many = [A, .. Enumerable.Range(0, 20).Select(i => new FeatureDefinition($"f{i}", FeatureScope.Title))];

        Assert.EndsWith("f7 and 12 more", Of(many).DifferenceTo(new FeatureLayout(A))!.ToString(), StringComparison.Ordinal);
    }

    private static ModelLayout Of(params FeatureDefinition[] features) => ModelLayout.Of(new FeatureLayout(features));
}
