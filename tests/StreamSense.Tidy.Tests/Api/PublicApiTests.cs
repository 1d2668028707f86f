using System.Reflection;
using StreamSense.Tidy.Tests.Source;

namespace StreamSense.Tidy.Tests.Api;

/// <summary>The public surface of each package is a file that is changed on purpose.</summary>
/// <remarks>Run with STREAMSENSE_UPDATE_API=1 to write the files anew, then read their difference.</remarks>
public sealed class PublicApiTests
{
    private const string UpdateVariable = "STREAMSENSE_UPDATE_API";

    [Theory]
    [InlineData("StreamSense.Core")]
    [InlineData("StreamSense.Ml")]
    [InlineData("StreamSense.Sinks")]
    [InlineData("StreamSense.AspNetCore")]
    [InlineData("StreamSense.Testing")]
    public void PublicApi_OfAPackage_IsItsFile(string package)
    {
        string path = Path.Combine(SourceTree.Root, "src", package, "PublicApi.txt");
        string[] actual = ApiText.Of(Assembly.Load(package));
        if (Environment.GetEnvironmentVariable(UpdateVariable) is "1")
        {
            File.WriteAllLines(path, actual);
        }

        string[] expected = File.Exists(path) ? File.ReadAllLines(path) : [];
        string[] differences =
        [
            .. expected.Except(actual, StringComparer.Ordinal).Select(line => "gone:  " + line),
            .. actual.Except(expected, StringComparer.Ordinal).Select(line => "new:   " + line),
        ];

        differences.MustBeNone(
            $"src/{package}/PublicApi.txt has every public member; if the change is meant, run with {UpdateVariable}=1.");
        Assert.Equal(expected, actual);
    }
}
