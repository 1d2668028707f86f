using StreamSense.Ml.Evaluation.Splits;

namespace StreamSense.Ml.Tests.Evaluation.Splits;

public sealed class SplitHashTests
{
    // Published vectors of the specification's second hash, and four that tell UTF-16 from UTF-8.
    [Theory]
    [InlineData("seed", "a", 0.0505)]
    [InlineData("seed", "b", 0.2696)]
    [InlineData("foo", "ab", 0.2575)]
    [InlineData("89123klj", "8952klfjas09ujkasdf", 0.124)]
    [InlineData("90850943850283058242805", "123", 0.7516)]
    [InlineData("()**(%$##$%#$#", "___)((*\":&", 0.0128)]
    [InlineData("seed", "naïve", 0.1066)]
    [InlineData("seed", "用户42", 0.6116)]
    public void Of_PublishedVectors_AreMet(string seed, string value, double expected) =>
        Assert.Equal(expected, SplitHash.Of(seed, value), 12);
}
