using System.Text.Json;
using StreamSense.Tool.Tests.Decoding;

namespace StreamSense.Tool.Tests.CommandLine;

public sealed class DecodeCommandTests
{
    [Theory]
    [InlineData("tab=(3000);p=2,v=2", """{"tab":{"value":[{"value":3000,"params":{}}],"params":{"p":2}},"v":2}""")]
    [InlineData("br=(3000;ot=v 6000),su,v=2", """{"br":[{"value":3000,"params":{"ot":{"token":"v"}}},6000],"su":true,"v":2}""")]
    [InlineData("com.a-x=1;p=\"q\",com.a-y=?0;z", """{"com.a-x":{"value":1,"params":{"p":"q"}},"com.a-y":{"value":false,"params":{"z":true}}}""")]
    [InlineData("br=(),cid=\"a\\\"b\\\\\"", """{"br":[],"cid":"a\"b\\"}""")]
    [InlineData("pr=01.50,tb=007", """{"pr":1.5,"tb":7}""")]
    public async Task Decode_Values_HaveTheirShape(string record, string keys)
    {
        JsonElement read = Assert.Single(await CmcdVectors.DecodeAsync("cmcd-query", record));

        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(keys).RootElement, read.GetProperty("keys")), read.GetRawText());
    }

    [Fact]
    public async Task Decode_EachRecord_GivesALine()
    {
        ToolRun run = await ToolRun.WithInputAsync(
            "Player 1.0\n\nCMCD=br%3D1\nhttps://h/x\nCMCD=v%3D9\nCMCD=", "decode", "--format", "cmcd-query", "-");

        Assert.Equal(
            """
            {"rejected":"Malformed: the record is no dictionary of structured fields"}
            {"version":1,"keys":{"br":1},"warnings":[]}
            {"rejected":"MissingField: the line has no CMCD argument"}
            {"rejected":"UnsupportedVersion: v: expected at most 2, found 9"}
            {"version":1,"keys":{},"warnings":[]}

            """,
            run.Output);
    }

    [Fact]
    public async Task Decode_Strict_RefusesWhatIsOtherwiseWarnedOf()
    {
        const string Line = "pr=1.23456";

        JsonElement lenient = Assert.Single(await CmcdVectors.DecodeAsync("cmcd-events", Line));
        JsonElement strict = Assert.Single(await CmcdVectors.DecodeAsync("cmcd-events", Line, strict: true));

        Assert.Contains("digits", lenient.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Malformed", strict.GetProperty("rejected").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decode", "-")]
    [InlineData("decode", "--format", "cmcd-json", "-")]
    [InlineData("decode", "--format", "cmcd-query", "there-is-no-such-file")]
    public async Task Decode_WrongArguments_EndsWith2(params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync(args);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("streamsense: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cmcd-query", "CMCD=br%3D1%2Csid%3D%22s%22\nCMCD=br%3D1%2Csid%3D%22s%22\nNot one\n", 2, 0, 1)]
    [InlineData("cmcd-headers", "CMCD-Object: br=1\n\n{CMCD-Session: 'sid=\"s\",sn=1'}\n{CMCD-Session: 'sid=\"s\",sn=1'}\n", 2, 1, 0)]
    public async Task Measure_Requests_CountsEachOnce(string format, string input, int accepted, int duplicates, int rejected)
    {
        ToolRun run = await ToolRun.WithInputAsync(input, "measure", "--json", "--format", format, "-");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"\"accepted\":{accepted}", run.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"\"duplicates\":{duplicates}", run.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(rejected == 0 || run.Output.Contains("Malformed", StringComparison.Ordinal), run.Output);
    }
}
