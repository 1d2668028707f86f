using System.Text.RegularExpressions;
using StreamSense.Tidy.Tests.Source;

namespace StreamSense.Tidy.Tests;

public sealed partial class CodeRuleTests
{
    private const int Suppressions = 10;

    [GeneratedRegex(@"^\s*#pragma warning disable|\[(assembly:\s*)?SuppressMessage\(")]
    private static partial Regex SuppressionPattern { get; }

    // Written apart so that this file does not find itself.
    [GeneratedRegex("TO" + "DO|FIX" + @"ME|\bHA" + @"CK\b|NotImplemented" + "Exception")]
    private static partial Regex UnfinishedPattern { get; }

    [GeneratedRegex(@"(^|[^A-Za-z0-9_.}*])/(work|farm|tmp|root|home|Users|mnt)/[A-Za-z0-9_]|\b[A-Z]:\\\\?[A-Za-z]")]
    private static partial Regex AbsolutePathPattern { get; }

    [Fact]
    public void Classes_OfPackages_AreSealed() =>
        SourceTree.Packages
            .SelectMany(file => file.Outline.Types
                .Where(type => type.IsClass && !type.Is("sealed") && !type.Is("static") && !type.Is("abstract"))
                .Where(type => !IsSealedElsewhere(type))
                .Select(type => $"{file.At(type.Line)} {type.Name}"))
            .MustBeNone("A class is sealed, static or abstract.");

    [Fact]
    public void Suppressions_OfAnalyzers_AreFew()
    {
        string[] found = [.. Lines(SourceTree.CSharp, SuppressionPattern)];

        found.Where(_ => found.Length >= Suppressions).MustBeNone($"The repository has fewer than {Suppressions} suppressions.");
    }

    [Fact]
    public void Marks_OfUnfinishedWork_AreNone() =>
        Lines(SourceTree.Files, UnfinishedPattern).MustBeNone("Nothing is left unfinished in the source.");

    [Fact]
    public void Paths_OfOneMachine_AreNone() =>
        Lines(SourceTree.Files, AbsolutePathPattern).MustBeNone("No path of one machine: take a temporary folder from the platform.");

    [Fact]
    public void Sleeps_OfTests_AreNone() =>
        SourceTree.CSharp
            .Where(file => file.IsUnder("tests"))
            .SelectMany(file => Lines([file], new Regex(@"\bThread\.Sleep\(", RegexOptions.None, TimeSpan.FromSeconds(5))))
            .Where(finding => !finding.Contains("CodeRuleTests.cs", StringComparison.Ordinal))
            .MustBeNone("No sleeps in tests.");

    // The other parts of a partial class carry its modifiers.
    private static bool IsSealedElsewhere(DeclaredType type) =>
        type.Is("partial")
        && SourceTree.Packages.SelectMany(file => file.Outline.Types)
            .Where(other => other.Name == type.Name && other.Is("partial"))
            .Any(other => other.Is("sealed") || other.Is("static") || other.Is("abstract"));

    private static IEnumerable<string> Lines(IEnumerable<SourceFile> files, Regex pattern) =>
        files.SelectMany(file => file.Lines
            .Select((line, index) => (line, number: index + 1))
            .Where(at => pattern.IsMatch(at.line))
            .Select(at => $"{file.At(at.number)} {at.line.Trim()}"));
}
