using System.Text;
using StreamSense.Tool.Measuring;
using StreamSense.Tool.Terminal;

namespace StreamSense.Tool.Tests.Terminal;

public sealed class ReportPrinterTests
{
    private const char Escape = '\u001b';

    private const string Metrics =
        """
        {"attempts":812,"plays":790,"stillStarting":0,"exitsBeforeStart":9,"exitsInPreroll":2,"startFailures":8,"startDenials":3,
         "playbackFailures":4,"watchSeconds":36738000.5,"playSeconds":360000,"stallSeconds":1930.25,"adSeconds":12.5,
         "backgroundPlaySeconds":0,"averageWatchSeconds":465.4,"bufferingRatio":0.00525,"connectionRebufferingRatio":null,
         "rebufferFrequencyPerHour":7.31,"stalledViewsShare":0.231,"stalls":731,"startupMs":{"p50":843,"p95":3412},
         "contentStartupMs":{"p50":null,"p95":null},"averageBitrateKbps":3212.7,"bitrateSwitches":1022,"peakConcurrentPlays":77,
         "bounceRate":0.173,"completionRate":null,"sentimentScore":-0.4}
        """;

    private const string Report =
        $$"""
        {"totals":{"offered":1234567,"accepted":1234522,"duplicates":40,"late":0,"rejected":{"Malformed":3,"UnknownKind":2} },
         "window":{"from":"2026-03-01T20:00:00.000000Z","to":"2026-03-01T21:14:03.000000Z"},
         "metrics":{{Metrics}},
         "by":[{"key":"a title with a name that is much longer than a table of eighty columns has room for, and [brackets]\u001b[2J","metrics":{{Metrics}}},
               {"key":null,"metrics":{{Metrics}}}]}
        """;

    [Fact]
    public void Print_ForPeople_FitsIntoItsWidthWithoutEscapes()
    {
        string page = Print(new StringWriter(), streams => streams);

        Assert.DoesNotContain(Escape, page);
        Assert.All(page.Split('\n'), line => Assert.True(line.Length <= 80, $"{line.Length} columns: {line}"));
    }

    [Theory]
    [InlineData("1,234,567")]
    [InlineData("Malformed 3, UnknownKind 2")]
    [InlineData("10,205 h 00 min")]
    [InlineData("0.53 %")]
    [InlineData("843 ms")]
    [InlineData("2026-03-01 20:00:00 to 21:14:03 UTC")]
    [InlineData("events.ndjson:3: no JSON")]
    [InlineData("(unknown)")]
    [InlineData("bounce rate                  17.3 %")]
    [InlineData("-0.40")]
    [InlineData("By title")]
    public void Print_ForPeople_HasEveryPart(string expected) =>
        Assert.Contains(expected, Print(new StringWriter(), streams => streams), StringComparison.Ordinal);

    [Fact]
    public void Print_OfATable_KeepsItsColumnsApart() =>
        Assert.Matches(@"plays +watch  buffering +stalls  start p50 +kbps", Print(new StringWriter(), streams => streams));

    [Fact]
    public void Print_OfGroupsOnANarrowTerminal_CutsTheirNamesAndNothingElse()
    {
        const string Row = $$"""{"from":"2026-03-01T20:00:00Z","to":"2026-03-01T21:00:00Z","by":{"title":"a title much longer than all","deviceKind":"tv"},"metrics":{{Metrics}},"isOther":false}""";
        const string Cube =
            $$"""
            {"totals":{"rejected":{} },"window":{"from":"2026-03-01T20:00:00Z","to":"2026-03-01T21:00:00Z"},
             "by":["title","deviceKind"],"every":"1h","rows":[{{Row}}]}
            """;
        var report = new MeasureReport(Encoding.UTF8.GetBytes(Cube), ["events.ndjson"], By: null, []);
        using var output = new StringWriter();
        var terminal = new ToolStreams(Stream.Null, output, TextWriter.Null) { OutputIsTerminal = true, NoColor = true, Width = 60 };

        CubePrinter.Print(report, MetricColumn.Usual, top: null, terminal, json: false);

        string page = System.Text.RegularExpressions.Regex.Replace(output.ToString(), @"\u001b\[[0-9;]*m", "");
        Assert.Contains("  title     deviceKind  window            plays", page, StringComparison.Ordinal);
        Assert.Contains("  a title…  tv          2026-03-01 20:00    790  10,205 h 00 min     0.53 %", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Print_WithNoColor_WritesNoColours()
    {
        string page = Print(new StringWriter(), streams => streams with { OutputIsTerminal = true, NoColor = true });

        // Bold is no colour; a colour is one of 30 to 38 or 90 to 97.
        Assert.DoesNotMatch(@"\u001b\[[0-9;]*\b(3[0-8]|9[0-7])[;m]", page);
    }

    [Fact]
    public void Print_OfJson_IsTheObjectAndNothingElse()
    {
        using var output = new StringWriter();

        ReportPrinter.Print(Sample(), new ToolStreams(Stream.Null, output, TextWriter.Null), json: true);

        Assert.Equal(Report + Environment.NewLine, output.ToString());
    }

    private static string Print(StringWriter output, Func<ToolStreams, ToolStreams> change)
    {
        ReportPrinter.Print(Sample(), change(new ToolStreams(Stream.Null, output, TextWriter.Null)), json: false);
        return output.ToString();
    }

    private static MeasureReport Sample() =>
        new(Encoding.UTF8.GetBytes(Report), ["events.ndjson"], "title", ["events.ndjson:3: no JSON"]);
}
