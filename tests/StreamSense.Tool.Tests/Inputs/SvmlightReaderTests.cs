using System.Text;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Tests.Inputs;

public sealed class SvmlightReaderTests
{
    [Fact]
    public void Read_Rows_KeepsLabelsQueriesAndIndices()
    {
        SvmlightRows rows = Read("# head\n1 qid:7 0:0.5 3:-2e-3 # note\n\r\n-1.5 qid:8\t2:nan\r\n+0 qid:8");

        Assert.Equal([1, -1.5f, 0], rows.Labels);
        Assert.Equal([7L, 8, 8], rows.Queries!);
        Assert.Equal([0, 2, 3, 3], rows.Starts);
        Assert.Equal([0, 3, 2], rows.Indices);
        Assert.Equal([0.5f, -2e-3f, float.NaN], rows.Values);
        Assert.Equal(3, rows.MaxIndex);
    }

    [Fact]
    public void Read_NoQueries_HasNone() => Assert.Null(Read("1 1:2\n").Queries);

    [Fact]
    public void ToDense_AbsentEntries_TakeWhatIsSaid()
    {
        SvmlightRows rows = Read("1 0:5 2:6\n0 1:7 9:8\n");

        Assert.Equal([5, -1, 6, -1, 7, -1], rows.ToDense(3, absent: -1));
    }

    [Fact]
    public void Read_LineAcrossChunks_IsOneLine()
    {
        string line = "1 " + string.Join(' ', Enumerable.Range(1, 200_000).Select(i => $"{i}:1"));

        SvmlightRows rows = Read(line + "\n" + line);

        Assert.Equal(2, rows.Count);
        Assert.Equal(400_000, rows.Values.Length);
    }

    [Theory]
    [InlineData("x 1:2", "'x' is no label")]
    [InlineData("1 1:2\n1 a:2", "line 2: 'a:2' is no index:value")]
    [InlineData("1 1:", "'1:' is no index:value")]
    [InlineData("1 :1", "':1' is no index:value")]
    [InlineData("1 -1:1", "'-1:1' is no index:value")]
    [InlineData("1 99999999:1", "'99999999:1' is no index:value")]
    [InlineData("1 2:1 2:1", "feature 2 comes after feature 2")]
    [InlineData("1 qid:x 2:1", "'qid:x' is no query")]
    [InlineData("nan 2:1", "'nan' is no label")]
    public void Read_LineThatIsNoRow_NamesIt(string text, string complaint) =>
        Assert.Contains(complaint, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static SvmlightRows Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using InputFile input = InputFile.Find("-", stream);
        return SvmlightReader.Read(input, CancellationToken.None);
    }
}
