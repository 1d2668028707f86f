using System.Text.Json;

namespace StreamSense.Tool.Tests.Measuring;

/// <summary>CMCD version 2, event mode: a record a line.</summary>
public sealed class CmcdTests : IDisposable
{
    // 1772395200000 is 2026-03-01T20:00:00Z. Requested, playing after 1.5 s, a seek, a stall of 2 s, ended after 60 s.
    private static readonly string[] _records =
    [
        """cid="film-42",e=ps,sid="s-1",sn=0,sta=s,ts=1772395200000,v=2""",
        """cid="film-42",e=ps,sid="s-1",sn=1,sta=p,ts=1772395201500,v=2""",
        """cid="film-42",e=ps,sid="s-1",sn=2,sta=k,ts=1772395220000,v=2""",
        """cid="film-42",e=ps,sid="s-1",sn=3,sta=r,ts=1772395220010,v=2""",
        """cid="film-42",e=ps,sid="s-1",sn=4,sta=p,ts=1772395220500,v=2""",
        """cid="film-42",e=ps,sid="s-1",sn=5,sta=r,ts=1772395230000,v=2""",
        """cid="film-42",e=ps,sid="s-1",sn=6,sta=p,ts=1772395232000,v=2""",
        """cid="film-42",e=ps,sid="s-1",sn=7,sta=e,ts=1772395260000,v=2""",
    ];

    private readonly EventFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task CmcdEvents_OfAView_AreMeasured()
    {
        JsonElement report = (await MeasureAsync(_records)).Json;
        JsonElement metrics = report.GetProperty("metrics");

        Assert.Equal(8, report.GetProperty("totals").GetProperty("offered").GetInt64());
        Assert.Equal(8, report.GetProperty("totals").GetProperty("accepted").GetInt64());
        Assert.Equal(1, metrics.GetProperty("plays").GetInt64());
        Assert.Equal(1, metrics.GetProperty("stalls").GetInt64());
        Assert.Equal(2, metrics.GetProperty("stallSeconds").GetDouble());
        Assert.Equal(60, metrics.GetProperty("watchSeconds").GetDouble());
        Assert.Equal("film-42", report.GetProperty("by")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task CmcdEvents_OutOfOrder_GiveTheSameReport()
    {
        string inOrder = (await MeasureAsync(_records)).Output;

        Assert.Equal(inOrder, (await MeasureAsync([.. _records.Reverse()])).Output);
        Assert.Equal(inOrder, (await MeasureAsync([.. _records[3..], .. _records[..3]])).Output);
    }

    [Fact]
    public async Task CmcdEvents_WithALineThatIsNone_CountTheOthers()
    {
        JsonElement report = (await MeasureAsync(["this is no dictionary (", .. _records])).Json;

        Assert.Equal(1, report.GetProperty("totals").GetProperty("rejected").EnumerateObject().Sum(reason => reason.Value.GetInt64()));
        Assert.Equal(1, report.GetProperty("metrics").GetProperty("plays").GetInt64());
    }

    private async Task<ToolRun> MeasureAsync(string[] records)
    {
        string file = _files.Write("records.cmcd", records);
        ToolRun run = await ToolRun.OfAsync("measure", "--format", "cmcd-events", "--by", "title", "--json", file);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run;
    }
}
