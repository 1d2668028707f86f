namespace StreamSense.Tool.Tests.CommandLine;

public sealed class ArgumentTests : IDisposable
{
    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Measure_OfAMissingFile_IsOneLineAndCode2()
    {
        string missing = _files.PathOf("missing.ndjson");

        ToolRun run = await ToolRun.OfAsync("measure", "--json", missing);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Equal($"streamsense: cannot read {missing}: there is no such file{Environment.NewLine}", run.Error);
    }

    [Fact]
    public async Task Measure_OfAFileInAMissingFolder_IsOneLineAndCode2() =>
        AssertRefused(await ToolRun.OfAsync("measure", _files.PathOf("no/such/file")), "there is no such file");

    [Fact]
    public async Task Measure_OfAFolder_IsOneLineAndCode2() =>
        AssertRefused(await ToolRun.OfAsync("measure", _files.Folder), "it is a directory");

    [Fact]
    public async Task Measure_OfAGoodAndAMissingFile_MeasuresNothing()
    {
        string good = _files.Write("good.ndjson", "{}");

        ToolRun run = await ToolRun.OfAsync("measure", good, _files.PathOf("missing"));

        AssertRefused(run, "there is no such file");
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Measure_OfStandardInputTwice_IsRefused() =>
        AssertRefused(await ToolRun.OfAsync("measure", "-", "-"), "given twice");

    [Fact]
    public async Task Measure_OfNoFile_IsRefused() => AssertRefused(await ToolRun.OfAsync("measure"), "FILE");

    [Fact]
    public async Task Command_OfNothing_IsRefused() => AssertRefused(await ToolRun.OfAsync(), "--help");

    [Theory]
    [InlineData("--format", "xml", "xml")]
    [InlineData("--by", "viewer", "viewer")]
    [InlineData("--lateness", "soon", "'soon' is no duration")]
    [InlineData("--lateness", "-5s", "-5s")]
    [InlineData("--nonsense", "1", "--nonsense")]
    public async Task Measure_WithAWrongOption_NamesIt(string option, string value, string expected) =>
        AssertRefused(await ToolRun.OfAsync("measure", option, value, _files.Write("a.ndjson")), expected);

    [Theory]
    [InlineData("measure", "FILE", "--nonsense")]
    [InlineData("measure", "--nonsense", "FILE")]
    [InlineData("scorecard", "FILE", "--nonsense")]
    [InlineData("view", "v", "FILE", "--nonsense")]
    public async Task Command_WithAnOptionThatItDoesNotHave_DoesNotTakeItForAFile(params string[] args)
    {
        string file = _files.Write("a.ndjson");

        AssertRefused(await ToolRun.OfAsync([.. args.Select(arg => arg is "FILE" ? file : arg)]), "there is no option '--nonsense'");
    }

    [Fact]
    public async Task Measure_WithAWrongValue_ListsTheRightOnesOnOneLine() =>
        AssertRefused(
            await ToolRun.OfAsync("measure", "--by", "viewer", _files.Write("a.ndjson")), "one of: 'title' 'cdn' 'country' 'deviceKind'");

    [Fact]
    public async Task Help_OfMeasure_SaysWhatItTakesAndWhatItCosts()
    {
        ToolRun run = await ToolRun.OfAsync("measure", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("default: Default", run.Output, StringComparison.Ordinal);
        Assert.All(
            ["--format", "ndjson: canonical", "cmcd-events: CMCD", "--map", "--by", "title|cdn|country|deviceKind", "--lateness", "--json", "128 bytes"],
            part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_OfTheTool_SaysASentenceOfEachCommand()
    {
        ToolRun run = await ToolRun.OfAsync("--help");

        Assert.Contains("Measures event files and prints audience", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("128 bytes", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("measure")]
    [InlineData("cube")]
    [InlineData("compare")]
    [InlineData("convert")]
    [InlineData("scorecard")]
    [InlineData("view")]
    [InlineData("decode")]
    [InlineData("evaluate")]
    [InlineData("evaluate-ltr")]
    [InlineData("train")]
    [InlineData("rank")]
    [InlineData("score")]
    public async Task Help_OfACommand_HasAnExampleThatParses(string command)
    {
        ToolRun run = await ToolRun.OfAsync(command, "--help");

        string example = run.Output.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("streamsense " + command + " ", StringComparison.Ordinal))
            .First(line => !line.Contains('[', StringComparison.Ordinal));
        ToolRun tried = await ToolRun.OfAsync(example.Split(' ')[1..]);
        Assert.DoesNotContain("--help", tried.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_OfTheTool_IsPrinted()
    {
        ToolRun run = await ToolRun.OfAsync("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Output);
    }

    private static void AssertRefused(ToolRun run, string expected)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("streamsense: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c is '\n'));
    }
}
