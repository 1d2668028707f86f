using StreamSense.Ml.Features;

namespace StreamSense.Ml.Tests.Features;

public sealed class FeatureLayoutTests
{
    private static readonly FeatureDefinition A = new("a", FeatureScope.Title);
    private static readonly FeatureDefinition B = new("b", FeatureScope.Viewer);

    [Fact]
    public void Hash_OrderNameScopeOrRevisionDiffers_Differs()
    {
        ulong[] hashes =
        [
            new FeatureLayout(A, B).Hash,
            new FeatureLayout(B, A).Hash,
            new FeatureLayout(A).Hash,
            new FeatureLayout(A, B with { Scope = FeatureScope.Title }).Hash,
            new FeatureLayout(A, B with { Revision = 2 }).Hash,
            new FeatureLayout(A, B with { Name = "c" }).Hash,
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[0], new FeatureLayout(A, B).Hash);
    }

    [Fact]
    public void Constructor_NameTwiceOrNone_Refuses()
    {
        Assert.Throws<ArgumentException>(() => new FeatureLayout(A, A with { Revision = 2 }));
        Assert.Throws<ArgumentException>(() => new FeatureLayout());
    }

    [Fact]
    public void IndexOf_KnownAndUnknown_GivesColumnOrMinusOne()
    {
        var layout = new FeatureLayout(A, B);

        Assert.Equal(1, layout.IndexOf("b"));
        Assert.Equal(-1, layout.IndexOf("B"));
    }
}
