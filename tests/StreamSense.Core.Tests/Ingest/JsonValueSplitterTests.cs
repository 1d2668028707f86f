using System.Text;
using StreamSense.Core.Ingest;

namespace StreamSense.Core.Tests.Ingest;

public sealed class JsonValueSplitterTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("{\"a\":1}\n{\"a\":2}\r\n", "{\"a\":1}|{\"a\":2}")]
    [InlineData("{\"a\":1}{\"a\":2}", "{\"a\":1}|{\"a\":2}")]
    [InlineData("""[{"a":[1,2]}, {"b":"]}{[\"\\"}]""", """{"a":[1,2]}|{"b":"]}{[\"\\"}""")]
    [InlineData("[\n  {\n \"a\": 1 }\n]\n[{\"b\":2}]", "{\n \"a\": 1 }|{\"b\":2}")]
    [InlineData("[[1,2],[3]]", "[1,2]|[3]")]
    [InlineData("1 true \"a b\" null", "1|true|\"a b\"|null")]
    [InlineData("}{\"a\":1}", "}|{\"a\":1}")]
    [InlineData("{\"a\":1", "{\"a\":1")]
    [InlineData("", "")]
    [InlineData("  \n ", "")]
    public void TryTake_WhereverTheBodyIsCut_GivesItsValues(string body, string expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(expected, string.Join('|', Split(1024, bytes[..cut], bytes[cut..])));
        }
    }

    [Fact]
    public void TryTake_ValueBeyondTheLimit_IsToldAndTheNextIsWhole()
    {
        byte[] body = Encoding.UTF8.GetBytes("{\"a\":\"" + new string('x', 500) + "\"}{\"b\":1}");
        var splitter = new JsonValueSplitter(64);
        ReadOnlySpan<byte> chunk = body.AsSpan(0, 100);
        Assert.False(splitter.TryTake(ref chunk, out _, out _));
        chunk = body.AsSpan(100);
        Assert.True(splitter.TryTake(ref chunk, out ReadOnlySpan<byte> head, out bool isTooLong));

        Assert.True(isTooLong);
        Assert.Equal(64, head.Length);
        Assert.True(splitter.TryTake(ref chunk, out ReadOnlySpan<byte> next, out isTooLong));
        Assert.False(isTooLong);
        Assert.Equal("{\"b\":1}", Encoding.UTF8.GetString(next));
        Assert.Equal(2, splitter.Line);
    }

    private static List<string> Split(int limit, params byte[][] chunks)
    {
        var splitter = new JsonValueSplitter(limit);
        var values = new List<string>();
        foreach (byte[] chunk in chunks)
        {
            ReadOnlySpan<byte> rest = chunk;
            while (splitter.TryTake(ref rest, out ReadOnlySpan<byte> value, out _))
            {
                values.Add(Encoding.UTF8.GetString(value));
            }
        }

        if (splitter.TryTakeLast(out ReadOnlySpan<byte> last, out _))
        {
            values.Add(Encoding.UTF8.GetString(last));
        }

        return values;
    }
}
