using System.Text.RegularExpressions;
using StreamSense.Tidy.Tests.Source;

namespace StreamSense.Tidy.Tests;

/// <summary>Data goes to the right, knowledge to the left: a folder names only the folders before it.</summary>
public sealed class FolderOrderTests
{
    private static readonly Dictionary<string, string[]> _orders = new(StringComparer.Ordinal)
    {
        ["StreamSense.Core"] =
        [
            "Events", "Windows", "Sketches", "Diagnostics", "Buffering", "Privacy", "Ingest", "Admission", "Journal", "Sessions", "Metrics",
            "Delivery",
        ],
        ["StreamSense.Ml"] =
            ["Features", "Candidates", "Ranking", "Experiments", "Exploration", "Training", "Models", "Evaluation"],
    };

    [Theory]
    [InlineData("StreamSense.Core")]
    [InlineData("StreamSense.Ml")]
    public void Folders_OfAPackage_AreThoseOfTheTable(string package) =>
        FilesOf(package)
            .Where(file => FolderOf(file).Length > 0 && !_orders[package].Contains(FolderOf(file), StringComparer.Ordinal))
            .Select(file => $"{file.Path}: folder {FolderOf(file)} has no place in the order")
            .MustBeNone($"The folders of {package} are {string.Join(", ", _orders[package])}.");

    [Theory]
    [InlineData("StreamSense.Core")]
    [InlineData("StreamSense.Ml")]
    public void Folders_OfAPackage_NameOnlyFoldersBeforeThem(string package)
    {
        string[] order = _orders[package];
        var findings = new List<string>();
        foreach (SourceFile file in FilesOf(package).Where(file => FolderOf(file).Length > 0))
        {
            int own = Array.IndexOf(order, FolderOf(file));
            foreach (string later in own < 0 ? [] : order[(own + 1)..])
            {
                // With its package's name, or without it as siblings can: Sessions.ViewFact.
                findings.AddRange(Mentions(file, $@"\b{Regex.Escape(package)}\.{later}\b"));
                string types = string.Join('|', TypesOf(package, later));
                findings.AddRange(types.Length is 0 ? [] : Mentions(file, $@"(?<![\w.]){later}\.({types})\b"));
            }
        }

        findings.MustBeNone($"A folder of {package} names only folders before it in {string.Join(", ", order)}.");
    }

    [Theory]
    [InlineData("StreamSense.Core")]
    [InlineData("StreamSense.Ml")]
    public void Folders_OfAPackage_DoNotNameTheFrontDoor(string package)
    {
        string types = string.Join('|', TypesOf(package, string.Empty));
        FilesOf(package)
            .Where(file => types.Length > 0 && FolderOf(file).Length > 0)
            .SelectMany(file => Mentions(file, $@"(?<![\w.])({types})\b(?=[?<\[(.>]|\s+\w)"))
            .MustBeNone($"The root of {package} sees its folders; they do not see it.");
    }

    private static IEnumerable<SourceFile> FilesOf(string package) => SourceTree.Packages.Where(file => file.IsUnder("src/" + package));

    private static string FolderOf(SourceFile file) => file.Folders.Length > 2 ? file.Folders[2] : string.Empty;

    private static IEnumerable<string> TypesOf(string package, string folder) =>
        FilesOf(package)
            .Where(file => string.Equals(FolderOf(file), folder, StringComparison.Ordinal))
            .SelectMany(file => file.Outline.Types.Where(type => !type.IsNested).Select(type => type.Name))
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Mentions(SourceFile file, string pattern) =>
        Regex.Matches(file.Code, pattern, RegexOptions.None, TimeSpan.FromSeconds(10))
            .Select(match => $"{file.At(file.LineOf(match.Index))} names {match.Value}");
}
