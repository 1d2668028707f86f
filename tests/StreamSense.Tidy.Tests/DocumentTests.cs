using System.Text.RegularExpressions;
using StreamSense.Tidy.Tests.Source;

namespace StreamSense.Tidy.Tests;

public sealed partial class DocumentTests
{
    private const int LinesOfTheQuickstart = 40;

    private static readonly string[] _commands = ["dotnet run --project samples/PlayerBackend", "./eng/test.sh"];

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\((?<target>[^)\s#]+)(#[^)]*)?\)")]
    private static partial Regex LinkPattern { get; }

    [GeneratedRegex(@"commit\W{1,6}[0-9a-f]{7,40}\b", RegexOptions.IgnoreCase)]
    private static partial Regex CommitPattern { get; }

    [Fact]
    public void Readme_FirstCode_IsTheQuickstart() =>
        Assert.Equal(RegionOfQuickstart(), Fence("csharp"));

    [Fact]
    public void Readme_FirstShell_IsTheTwoCommands() =>
        Assert.Equal(_commands, Fence("sh"));

    [Fact]
    public void Quickstart_Program_IsShort()
    {
        Assert.InRange(SourceTree.Get("samples/Quickstart/Program.cs").Lines.Length, 1, LinesOfTheQuickstart - 1);
        Assert.InRange(RegionOfQuickstart().Length, 1, 15);
    }

    [Fact]
    public void Links_OfDocuments_LeadSomewhere() =>
        SourceTree.Files
            .Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(file => LinkPattern.Matches(file.Text)
                .Where(link => !link.Groups["target"].Value.Contains(':', StringComparison.Ordinal))
                .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(file.FullPath)!, link.Groups["target"].Value)))
                .Select(link => $"{file.At(file.LineOf(link.Index))} {link.Groups["target"].Value}"))
            .MustBeNone("A link within the repository leads to a file.");

    [Fact]
    public void Decisions_AreNumberedOnce() =>
        SourceTree.Files
            .Where(file => file.IsUnder("docs/decisions") && file.Stem is not "README")
            .GroupBy(file => file.Stem.Split('-')[0], StringComparer.Ordinal)
            .Where(group => group.Count() > 1 || !Regex.IsMatch(group.Key, @"^\d{4}$"))
            .SelectMany(group => group.Select(file => file.Path))
            .MustBeNone("A decision is called NNNN-slug.md, each number once.");

    [Fact]
    public void Results_OfBenchmarks_NameCommitAndMachine() =>
        SourceTree.Files
            .Where(file => file.IsUnder("benchmarks/results") && file.Stem is not "README")
            .Where(file => !CommitPattern.IsMatch(file.Text) || !file.Text.Contains("machine", StringComparison.OrdinalIgnoreCase))
            .Select(file => file.Path)
            .MustBeNone("A committed result names the commit and the machine.");

    [Theory]
    [InlineData("eng/test.sh")]
    [InlineData(".ci/run")]
    public void Scripts_AreExecutableAndStrict(string path)
    {
        SourceFile script = SourceTree.Get(path);

        Assert.StartsWith("#!/usr/bin/env bash\n", script.Text, StringComparison.Ordinal);
        Assert.Contains("set -euo pipefail", script.Text, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(script.FullPath).HasFlag(UnixFileMode.UserExecute));
    }

    private static string[] RegionOfQuickstart()
    {
        string[] lines = SourceTree.Get("samples/Quickstart/Program.cs").Lines;
        int begin = Array.IndexOf(lines, "#region README");
        int end = Array.IndexOf(lines, "#endregion");
        Assert.True(begin >= 0 && end > begin, "samples/Quickstart/Program.cs has no '#region README' with its '#endregion'.");
        return lines[(begin + 1)..end];
    }

    private static string[] Fence(string language)
    {
        string[] lines = SourceTree.Get("README.md").Lines;
        int begin = Array.IndexOf(lines, "```" + language);
        Assert.True(begin >= 0, $"README.md has no ```{language} block.");
        return lines[(begin + 1)..Array.IndexOf(lines, "```", begin + 1)];
    }
}
