using StreamSense.Core.Tests.Ingest.Mapping;

namespace StreamSense.Core.Tests.Sources;

/// <summary>One evening said by five sources: the same sessions and the same metrics, to the limit of what each source carries.</summary>
public sealed class EveningTests
{
    private const string Page = "docs/concepts/sources.md";
    private const string UpdateVariable = "STREAMSENSE_UPDATE_DOCS";
    private const string TableBegins = "<!-- the evening -->\n";
    private const string TableEnds = "<!-- end of the evening -->\n";

    [Fact]
    public void Evening_InTheMannerOfMux_HasTheSessionsOfTheTruth() =>
        Assert.Equal(EveningReading.Canonical(Evening.Views).Sessions(), EveningReading.Mux(Evening.Views).Sessions());

    [Fact]
    public void Evening_OfSnowplow_HasTheSessionsOfTheTruthWithoutTheQuits() => Assert.Equal(
        EveningReading.Canonical(Evening.Without(FactKind.Quit)).Sessions(), EveningReading.Snowplow(Evening.Views).Sessions());

    [Fact]
    public void Evening_OfCmcd_HasTheSessionsOfTheTruthWithoutTheQuits() => Assert.Equal(
        EveningReading.Canonical(Evening.Without(FactKind.Quit)).Sessions(), EveningReading.Cmcd(Evening.Views).Sessions());

    [Fact]
    public void Evening_OfTheTruth_HoldsWhatItIsToShow()
    {
        EveningReading truth = EveningReading.Canonical(Evening.Views);

        Assert.Equal(Evening.Count, truth.Sessions().Count());
        Assert.Equal((20, 19, 1, 1), (truth.Metrics.Totals.Attempts, truth.Metrics.Totals.Plays, truth.Metrics.Totals.ExitsBeforeStart,
            truth.Metrics.Totals.PlaybackFailures));
        Assert.Equal(5, truth.Metrics.Totals.Stalls);
        Assert.Equal(truth.Counters.Offered, truth.Counters.Written);
    }

    [Fact]
    public void Table_OfAllSources_DiffersOnlyWhereASourceHasALimit()
    {
        (string Row, string Column, string Limit)[] differences = [.. Table().Differences()];

        string[] endings = ["`averageBitrateKbps`", "`playSeconds`", "`watchSeconds`", "`peakConcurrentPlays`"];
        Assert.All(differences.Where(cell => cell.Limit == "a"), cell =>
        {
            Assert.Contains(cell.Column, new[] { "Snowplow", "CMCD v2" });
            Assert.Contains(cell.Row, endings);
        });
        Assert.All(differences.Where(cell => cell.Limit == "b"), cell => Assert.Equal("CloudFront", cell.Column));
        Assert.All(differences.Where(cell => cell.Limit == "c"), cell => Assert.NotEqual("CloudFront", cell.Column));
    }

    [Fact]
    public void Table_InTheDocumentation_IsThisOne()
    {
        string path = Mapped.PathOf(Page);
        string page = File.ReadAllText(path).ReplaceLineEndings("\n");
        int start = page.IndexOf(TableBegins, StringComparison.Ordinal) + TableBegins.Length;
        int end = page.IndexOf(TableEnds, StringComparison.Ordinal);
        string table = "\n" + Table().Markdown() + "\n";
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, page[..start] + table + page[end..]);
            return;
        }

        Assert.Equal(table, page[start..end]);
    }

    private static EveningTable Table() => new(
        [
            EveningReading.Canonical(Evening.Views), EveningReading.Mux(Evening.Views), EveningReading.Snowplow(Evening.Views),
            EveningReading.Cmcd(Evening.Views),
        ],
        EveningReading.CanonicalRequests(Evening.Views),
        EveningReading.CloudFront(Evening.Views));
}
