using System.Text.RegularExpressions;
using System.Xml.Linq;
using StreamSense.Tidy.Tests.Source;

namespace StreamSense.Tidy.Tests;

public sealed partial class PackageGraphTests
{
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> _allowed = new(StringComparer.Ordinal)
    {
        ["StreamSense.Core"] = ([], []),
        ["StreamSense.Ml"] = (["StreamSense.Core"], ["System.Numerics.Tensors"]),
        ["StreamSense.Sinks"] = (["StreamSense.Core"], ["Microsoft.Data.Sqlite"]),
        ["StreamSense.AspNetCore"] = (["StreamSense.Core", "StreamSense.Ml"], []),
        ["StreamSense.Testing"] = (["StreamSense.Core", "StreamSense.Ml"], []),
        ["StreamSense.Tool"] =
            (["StreamSense.Core", "StreamSense.Ml", "StreamSense.Sinks", "StreamSense.Testing"], ["System.CommandLine", "Spectre.Console"]),
    };

    [GeneratedRegex(@"""(?<path>[^""]+\.csproj)""")]
    private static partial Regex ProjectPattern { get; }

    [Fact]
    public void References_OfPackages_AreThoseOfTheTable()
    {
        var findings = new List<string>();
        foreach (SourceFile project in SourceTree.Projects.Where(file => file.IsUnder("src")))
        {
            string name = Path.GetFileNameWithoutExtension(project.Path);
            if (!_allowed.TryGetValue(name, out (string[] Projects, string[] Packages) allowed))
            {
                findings.Add($"{project.At(1)} has no row in the table of packages");
                continue;
            }

            findings.AddRange(References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension)
                .Except(allowed.Projects, StringComparer.Ordinal).Select(extra => $"{project.At(1)} references {extra}"));
            findings.AddRange(References(project, "PackageReference")
                .Except(allowed.Packages, StringComparer.Ordinal).Select(extra => $"{project.At(1)} needs the package {extra}"));
        }

        findings.MustBeNone("Ml and Sinks see Core; AspNetCore and Testing see Core and Ml; Core sees nothing.");
    }

    [Fact]
    public void Projects_OfTheTree_AreInTheSolution()
    {
        string[] listed =
        [
            .. ProjectPattern.Matches(SourceTree.Get("StreamSense.sln").Text)
                .Select(match => match.Groups["path"].Value.Replace('\\', '/')),
        ];
        string[] there = [.. SourceTree.Projects.Select(project => project.Path)];

        there.Except(listed, StringComparer.Ordinal).MustBeNone("Every project is in StreamSense.sln.");
        listed.Except(there, StringComparer.Ordinal).MustBeNone("Every project of StreamSense.sln exists.");
    }

    [Fact]
    public void Versions_OfPackages_AreCentral() =>
        SourceTree.Projects
            .Where(project => XDocument.Parse(project.Text).Descendants("PackageReference")
                .Any(reference => reference.Attribute("Version") is not null))
            .Select(project => project.At(1))
            .MustBeNone("Versions stand in Directory.Packages.props alone.");

    private static IEnumerable<string> References(SourceFile project, string element) =>
        XDocument.Parse(project.Text).Descendants(element)
            .Select(reference => reference.Attribute("Include")?.Value.Replace('\\', '/') ?? string.Empty)
            .Where(include => include.Length > 0);
}
