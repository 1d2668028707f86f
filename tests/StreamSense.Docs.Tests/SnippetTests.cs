using StreamSense.Ml.Features;

namespace StreamSense.Docs.Tests;

/// <summary>
/// What a page shows can be pasted: each C# block stands, letter by letter, in a region of the tests or samples that bears the page's name,
/// and so is compiled, and run where it can be. Regions of one name in one file are one block, an empty line between them.
/// </summary>
public sealed class SnippetTests
{
    private static readonly string[] _folders = ["samples", "tests"];

    public static TheoryData<string> Pages =>
        [.. Documents().Where(page => Fences(page.Lines, "csharp").Any()).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EachCSharpBlock_IsCompiled(string page)
    {
        HashSet<string> compiled = [.. Regions(page)];

        foreach ((int line, string code) in Fences(File.ReadAllLines(RepositoryFiles.PathOf(page)), "csharp"))
        {
            Assert.True(compiled.Contains(code), $"{page}({line}): no '#region {page}' of samples or tests has this code:\n{code}");
        }
    }

    [Fact]
    public void Regions_NameAPageThatShowsThem()
    {
        Dictionary<string, HashSet<string>> shown = Documents().ToDictionary(
            page => page.Path, page => Fences(page.Lines, "csharp").Select(fence => fence.Code).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

        foreach (string page in AllRegions().Select(region => region.Page).Distinct(StringComparer.Ordinal))
        {
            Assert.True(shown.ContainsKey(page), $"There is a '#region {page}', and no such page.");
            foreach (string code in Regions(page))
            {
                Assert.True(shown[page].Contains(code), $"{page} does not show this code of a region that bears its name:\n{code}");
            }
        }
    }

    [Fact]
    public void Features_DeclarationsThatAPageShows_CanBeParsed()
    {
        string[] page = File.ReadAllLines(RepositoryFiles.PathOf("docs/concepts/features.md"));

        foreach ((_, string json) in Fences(page, "json"))
        {
            Assert.NotEmpty(FeatureSet.Parse(json).Features);
        }
    }

    private static IEnumerable<(string Path, string[] Lines)> Documents() => RepositoryFiles.Read(".", ".md");

    private static IEnumerable<(int Line, string Code)> Fences(string[] lines, string language)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.Equals(lines[i], "```" + language, StringComparison.Ordinal))
            {
                int end = Array.IndexOf(lines, "```", i);
                yield return (i + 1, string.Join('\n', lines[(i + 1)..end]));
                i = end;
            }
        }
    }

    private static IEnumerable<string> Regions(string page) => AllRegions()
        .Where(region => string.Equals(region.Page, page, StringComparison.Ordinal))
        .GroupBy(region => (region.File, region.Name))
        .Select(parts => string.Join("\n\n", parts.Select(part => part.Code)));

    // '#region README', '#region docs/how-to/page.md' or, where a file has several blocks of a page, '#region docs/how-to/page.md: name'.
    private static IEnumerable<(string File, string Page, string Name, string Code)> AllRegions()
    {
        foreach ((string file, string[] lines) in _folders.SelectMany(folder => RepositoryFiles.Read(folder, ".cs")))
        {
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i].Trim();
                string name = line.StartsWith("#region ", StringComparison.Ordinal) ? line["#region ".Length..] : "";
                string page = name is "README" ? "README.md" : name.Split(": ")[0];
                if (page.EndsWith(".md", StringComparison.Ordinal))
                {
                    int end = Array.FindIndex(lines, i, other => string.Equals(other.Trim(), "#endregion", StringComparison.Ordinal));
                    yield return (file, page, name, Dedent(lines[(i + 1)..end]));
                    i = end;
                }
            }
        }
    }

    private static string Dedent(string[] lines)
    {
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..]));
    }
}
