using System.Text;
using StreamSense.Testing.Simulation;
using StreamSense.Tool.CommandLine;
using StreamSense.Tool.Tests.Measuring;

namespace StreamSense.Tool.Tests.Inputs;

/// <summary>Every command reads a gzip file as what is packed in it.</summary>
public sealed class GzipTests : IDisposable
{
    private const string Damage = "to its end: its gzip data are damaged or cut off";

    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    public static TheoryData<string> Commands =>
    [
        "measure --json --by title --sections all",
        "measure",
        "measure --json --parallel",
        "scorecard --json",
        "scorecard",
        "view --json v1",
        "view v1",
        "convert --out -",
        "convert --out - --to msgpack",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Events_InGzip_GiveWhatTheyGiveUnpacked(string command)
    {
        string text = Text([.. Lines.OfOneView, .. Lines.OfAnotherView, "{", Lines.OfOneView[0]]);

        await AssertSameAsync(text, Gzip.Member(text), command);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Events_InSeveralMembers_AreOneFile(string command)
    {
        // Members end where they like: within a line, too.
        string text = Text([.. Lines.OfOneView, .. Lines.OfAnotherView]);
        byte[] packed =
        [
            .. Gzip.EmptyMember, .. Gzip.Member(text[..300]), .. Gzip.EmptyMember, .. Gzip.Member(text[300..]), .. Gzip.EmptyMember,
        ];

        await AssertSameAsync(text, packed, command);
    }

    [Theory]
    [InlineData("decode --format cmcd-query", "?CMCD=br%3D3200%2Cot%3Dv\nCMCD=sid%3D%22a%22\nnonsense\n")]
    [InlineData("measure --json --format cmcd-query", "?CMCD=br%3D3200%2Cot%3Dv\nCMCD=sid%3D%22a%22\nnonsense\n")]
    [InlineData(
        "measure --json --format combined",
        "192.0.2.7 - - [01/Mar/2026:20:00:00 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"Mozilla/5.0 (iPhone)\"\nno log line\n")]
    [InlineData("measure --json", "")]
    public async Task OtherFormats_InGzip_GiveWhatTheyGiveUnpacked(string command, string text) =>
        await AssertSameAsync(text, [.. Gzip.EmptyMember, .. Gzip.Member(text)], command);

    [Theory]
    [InlineData("")]
    [InlineData("--parallel")]
    public async Task ManyEvents_InGzip_GiveTheReportOfThePlainFileToTheLetter(string parallel)
    {
        var simulation = new ViewerSimulation(new ViewerSimulationOptions { Viewers = 600, MaximumEvents = 40_000 });
        string text = Text([.. simulation.Lines()]);
        Assert.True(text.Length > 8 * 1024 * 1024, "The input is to have several blocks.");
        byte[] packed = [.. Gzip.Member(text[..5_000_000]), .. Gzip.Member(text[5_000_000..])];

        await AssertSameAsync(text, packed, $"measure --json --sections all --by title {parallel}");
    }

    [Fact]
    public async Task StandardInput_InGzip_IsUnpackedBesideAPlainFile()
    {
        string plain = _files.Write("a.ndjson", Lines.OfOneView);
        string other = Text(Lines.OfAnotherView);

        ToolRun expected = await ToolRun.WithInputAsync(other, "measure", "--json", plain, "-");
        ToolRun run = await ToolRun.WithBytesAsync(Gzip.Member(other), "measure", "--json", plain, "-");

        Assert.Equal((0, expected.Output, ""), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task AFileThatIsCutOff_CountsAsFarAsItGoesAndIsNamed(string command)
    {
        byte[] cut = Gzip.Member(Text([.. Lines.OfOneView, .. Lines.OfAnotherView]))[..^30];
        string text = Encoding.UTF8.GetString(Gzip.Text(cut));
        Assert.Contains("playback_start", text, StringComparison.Ordinal);

        await AssertSameAsync(text, cut, command, isCut: true);
    }

    [Fact]
    public async Task AFileThatIsCutOff_DoesNotKeepTheOthersOut()
    {
        string cut = WriteBytes("cut.ndjson.gz", Gzip.Member(Text(Lines.OfOneView))[..^4]);
        string other = WriteBytes("other.ndjson.gz", Gzip.Member(Text(Lines.OfAnotherView)));

        ToolRun run = await ToolRun.OfAsync("measure", "--json", cut, other);

        Assert.Equal((ExitCode.Unusable, $"streamsense: cannot read {cut} {Damage}"), (run.ExitCode, run.Error.TrimEnd()));
        Assert.Equal(8, run.Json.GetProperty("totals").GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Decode_OfAFileThatIsCutOff_PrintsWhatThereIs()
    {
        const string text = "?CMCD=br%3D3200%2Cot%3Dv\nCMCD=sid%3D%22a%22\n";

        await AssertSameAsync(text, Gzip.Member(text)[..^8], "decode --format cmcd-query", isCut: true);
    }

    [Fact]
    public async Task View_ThatIsNotInAFileThatIsCutOff_NamesBoth()
    {
        string cut = WriteBytes("cut.gz", Gzip.Member(Text(Lines.OfOneView))[..^4]);

        ToolRun run = await ToolRun.OfAsync("view", "v9", cut);

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(Damage, run.Error, StringComparison.Ordinal);
        Assert.Contains("there is no view 'v9'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileOfMagicAlone_IsCutOff()
    {
        ToolRun run = await ToolRun.OfAsync("measure", "--json", WriteBytes("magic.gz", [0x1f, 0x8b]));

        Assert.Equal(ExitCode.Unusable, run.ExitCode);
        Assert.Contains(Damage, run.Error, StringComparison.Ordinal);
        Assert.Equal(0, run.Json.GetProperty("totals").GetProperty("offered").GetInt32());
    }

    [Fact]
    public async Task Evaluate_OfRatingsInGzip_IsThatOfThePlainFiles()
    {
        const string text = "userId,movieId,rating\n1,10,5\n2,20,5\n2,10,4\n";
        string plain = WriteBytes("a.csv", Encoding.UTF8.GetBytes(text));
        string packed = WriteBytes("a.csv.gz", Gzip.Member(text));
        string events = Text([
            .. Enumerable.Range(1, 3).Select(
                i => $$"""{"kind":"rating","time":"2026-03-01T20:00:00Z","viewer":"u{{i}}","title":"t{{i % 2}}","value":4,"scale":"stars5"}"""),
        ]);
        string plainEvents = WriteBytes("a.ndjson", Encoding.UTF8.GetBytes(events));
        string packedEvents = WriteBytes("a.ndjson.gz", Gzip.Member(events));

        foreach ((string one, string other) in ((string, string)[])[(plain, packed), (plainEvents, packedEvents)])
        {
            ToolRun expected = await RunAsync($"evaluate --json --model popularity --train {one} --test", one);
            ToolRun run = await RunAsync($"evaluate --json --model popularity --train {other} --test", other);
            Assert.Equal(("", ""), (expected.Error, run.Error));
            Assert.Equal(3, run.Json.GetProperty("trainInteractions").GetInt32());
            Assert.Equal(expected.Json.GetProperty("metrics").GetRawText(), run.Json.GetProperty("metrics").GetRawText());
        }
    }

    [Fact]
    public async Task Evaluate_OfRatingsThatAreCutOff_IsRefused()
    {
        // A model of half the ratings would look like one of all.
        string cut = WriteBytes("a.csv.gz", Gzip.Member("userId,movieId,rating\n1,10,5\n2,20,5\n")[..^8]);

        ToolRun run = await RunAsync($"evaluate --json --model popularity --train {cut} --test", cut);

        Assert.Equal((ExitCode.Unusable, ""), (run.ExitCode, run.Output));
        Assert.Contains(Damage, run.Error, StringComparison.Ordinal);
    }

    private static string Text(string[] lines) => string.Join('\n', lines) + "\n";

    private static Task<ToolRun> RunAsync(string command, string file) => ToolRun.OfAsync([.. command.Split(' '), file]);

    private string WriteBytes(string name, byte[] bytes)
    {
        string path = _files.PathOf(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    // Both have the same name, one after the other: what is printed may name it.
    private async Task AssertSameAsync(string text, byte[] packed, string command, bool isCut = false)
    {
        command = command.StartsWith("decode", StringComparison.Ordinal) ? command : $"{command.TrimEnd()} --key {_files.PathOf("key")}";
        ToolRun expected = await RunAsync(command, WriteBytes("events", Encoding.UTF8.GetBytes(text)));
        string file = WriteBytes("events", packed);
        ToolRun run = await RunAsync(command, file);

        Assert.Equal(0, expected.ExitCode);
        Assert.NotEqual("", expected.Output);
        Assert.Equal(expected.Output, run.Output);
        string complaint = isCut ? $"streamsense: cannot read {file} {Damage}{Environment.NewLine}" : "";
        Assert.Equal((isCut ? ExitCode.Unusable : 0, expected.Error + complaint), (run.ExitCode, run.Error));
    }
}
