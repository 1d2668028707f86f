using System.Text.RegularExpressions;
using StreamSense.Tidy.Tests.Source;

namespace StreamSense.Tidy.Tests;

public sealed partial class NamingTests
{
    private static readonly string[] _emptyWords =
        ["Util", "Helper", "Common", "Internal", "Shared", "Misc", "Manager", "Service", "Processor", "Impl", "Base"];

    [GeneratedRegex(@"\bnamespace\s+(?<name>[\w.]+)")]
    private static partial Regex NamespacePattern { get; }

    [GeneratedRegex(@"([A-Z]+(?![a-z])|[A-Z][a-z0-9]*)$")]
    private static partial Regex LastWordPattern { get; }

    [Fact]
    public void Namespace_OfEachFile_IsItsPath() =>
        SourceTree.CSharp
            .Where(file => file.IsUnder("src") || file.IsUnder("tests"))
            .Where(file => file.Stem is not "Program" && file.Outline.Types.Count > 0)
            .Select(file => (file, Namespace: NamespacePattern.Match(file.Code)))
            .Where(found => !IsPath(found.file, found.Namespace.Groups["name"].Value))
            .Select(found => $"{found.file.At(found.file.LineOf(found.Namespace.Index))} has namespace "
                + $"'{found.Namespace.Groups["name"].Value}', its path says '{string.Join('.', found.file.Folders[1..])}'")
            .MustBeNone("Path under src/ and tests/ = namespace.");

    [Fact]
    public void PublicTypes_OfEachFile_AreOne() =>
        SourceTree.Packages
            .Select(file => (file, Types: file.Outline.Types.Where(type => !type.IsNested && type.Is("public")).ToArray()))
            .Where(found => found.Types.Select(type => type.Name).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(found => $"{found.file.At(found.Types[1].Line)} declares {string.Join(", ", found.Types.Select(type => type.Name))}")
            .MustBeNone("One public type a file.");

    [Fact]
    public void FileName_OfEachType_IsItsName() =>
        SourceTree.Packages
            .Where(file => file.Stem is not "Program")
            .Select(file => (file, Type: file.Outline.Types.FirstOrDefault(type => !type.IsNested)))
            .Where(found => found.Type is not null && !IsFileOf(found.file.Stem, found.Type.Name))
            .Select(found => $"{found.file.At(found.Type!.Line)} declares {found.Type.Name}")
            .MustBeNone("A file is called as its type.");

    [Fact]
    public void Names_OfTypes_SayWhatTheyAre() =>
        SourceTree.CSharp
            .SelectMany(file => file.Outline.Types.Where(type => IsEmpty(type.Name)).Select(type => $"{file.At(type.Line)} {type.Name}"))
            .MustBeNone($"No type is called {string.Join(", ", _emptyWords)}, or ends so.");

    [Fact]
    public void Names_OfFoldersAndFiles_SayWhatTheyAre() =>
        SourceTree.CSharp
            .Where(file => file.Folders.Any(folder => IsEmpty(folder.Split('.')[^1])) || IsEmpty(file.Stem))
            .Select(file => file.Path)
            .MustBeNone($"No folder or file is called {string.Join(", ", _emptyWords)}, or ends so.");

    [Fact]
    public void Usings_OfOurNamespaces_AreNotGlobal() =>
        SourceTree.Files
            .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal) || file.Path.EndsWith("proj", StringComparison.Ordinal)
                || file.Path.EndsWith(".props", StringComparison.Ordinal))
            .SelectMany(file => file.Lines
                .Select((line, index) => (line, number: index + 1))
                .Where(at => Regex.IsMatch(at.line, @"^\s*global using (static )?StreamSense|<Using Include=""StreamSense"))
                .Select(at => $"{file.At(at.number)} {at.line.Trim()}"))
            .MustBeNone("No global usings of our own namespaces.");

    [Theory]
    [InlineData("EventProcessor", true)]
    [InlineData("StringUtils", true)]
    [InlineData("Base", true)]
    [InlineData("Database", false)]
    [InlineData("MetricSums", false)]
    public void IsEmpty_OfAName_LooksAtItsLastWord(string name, bool expected) => Assert.Equal(expected, IsEmpty(name));

    private static bool IsPath(SourceFile file, string name) =>
        string.Equals(name, string.Join('.', file.Folders[1..]), StringComparison.Ordinal)
        || (name is "Microsoft.Extensions.DependencyInjection" && file.Text.Contains("AddStreamSense(", StringComparison.Ordinal));

    // Of two types that differ only in type parameters one is called so in its file's name too: Sum.cs and SumOfT.cs.
    private static bool IsFileOf(string stem, string type) =>
        string.Equals(stem, type, StringComparison.Ordinal)
        || (stem.StartsWith(type + "Of", StringComparison.Ordinal) && stem.Length > type.Length + 2)
        || stem.StartsWith(type + "{", StringComparison.Ordinal);

    private static bool IsEmpty(string name)
    {
        string last = LastWordPattern.Match(name).Value;
        return _emptyWords.Any(word => last == word || last == word + "s");
    }
}
