using StreamSense.Tidy.Tests.Source;

namespace StreamSense.Tidy.Tests;

public sealed class SizeTests
{
    private const int LinesOfAnyFile = 500;
    private const int LinesOfTheMedianFile = 90;
    private const int LinesOfTheP90File = 250;
    private const int LinesOfAFunction = 70;
    private const int ColumnsOfALine = 140;

    [Fact]
    public void Lines_OfEachFile_AreBounded() =>
        SourceTree.CSharp
            .Where(file => file.Lines.Length > LinesOfAnyFile)
            .Select(file => $"{file.At(LinesOfAnyFile)} has {file.Lines.Length} lines")
            .MustBeNone($"No file has more than {LinesOfAnyFile} lines.");

    [Fact]
    public void Lines_OfTheMedianPackageFile_AreFew()
    {
        SourceFile[] bySize = [.. SourceTree.Packages.OrderBy(file => file.Lines.Length)];
        int median = bySize[bySize.Length / 2].Lines.Length;

        Assert.True(median <= LinesOfTheMedianFile, $"The median file of src/ has {median} lines, more than {LinesOfTheMedianFile}.");
    }

    [Fact]
    public void Lines_OfMostPackageFiles_AreFew()
    {
        SourceFile[] bySize = [.. SourceTree.Packages.OrderBy(file => file.Lines.Length)];
        SourceFile[] large = bySize[(bySize.Length * 9 / 10)..];

        large.Where(_ => large[0].Lines.Length > LinesOfTheP90File)
            .Select(file => $"{file.At(1)} has {file.Lines.Length} lines")
            .MustBeNone($"Nine of ten files of src/ have at most {LinesOfTheP90File} lines; these are the others.");
    }

    [Fact]
    public void Lines_OfEachFunction_AreBounded() =>
        SourceTree.CSharp
            .Where(file => !file.IsUnder("samples"))
            .SelectMany(file => file.Outline.Functions
                .Where(function => function.BodyLines > LinesOfAFunction)
                .Select(function => $"{file.At(function.Line)} {function.Name} has {function.BodyLines} lines"))
            .MustBeNone($"No function has more than {LinesOfAFunction} lines.");

    [Fact]
    public void Columns_OfEachLine_AreBounded() =>
        SourceTree.CSharp
            .SelectMany(file => file.Lines
                .Select((line, index) => (line, number: index + 1))
                .Where(at => Columns(file, at.line, at.number) > ColumnsOfALine)
                .Select(at => $"{file.At(at.number)} has {at.line.Length} columns"))
            .MustBeNone($"No line has more than {ColumnsOfALine} columns.");

    // A test or a benchmark may hold an input that is one long line; what it says about it is bounded as everywhere.
    private static int Columns(SourceFile file, string line, int number)
    {
        string code = file.CodeLines[number - 1];
        bool isData = (file.IsUnder("tests") || file.IsUnder("benchmarks")) && !line.Contains("//", StringComparison.Ordinal);
        return isData ? line.Length - code.Where((c, i) => c is ' ' && line[i] is not ' ').Count() : line.Length;
    }
}
