using System.Globalization;
using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Privacy;
using StreamSense.Throughput.Measuring;

namespace StreamSense.Throughput.Door;

/// <summary>The query of a segment request with CMCD to an event: beside the code that one writes by hand with ParseQueryString.</summary>
/// <remarks>
/// <code>
/// query -> CmcdRequestDecoder -> StreamEvent
/// query -> ParseQueryString, Split, Convert -> CmcdRequestRecord
/// query -> query
/// </code>
/// </remarks>
public sealed class CmcdQueryScenario : IScenario
{
    private const int Queries = 1024;

    /// <inheritdoc/>
    public string Name => "decode-cmcd-query";

    /// <inheritdoc/>
    public string Summary => "CMCD of a request's query to an event, beside HttpUtility.ParseQueryString and Convert";

    /// <inheritdoc/>
    public ScenarioResult Run(RunOptions options)
    {
        byte[][] queries = [.. Enumerable.Range(0, Queries).Select(Query)];
        string[] texts = [.. queries.Select(Encoding.UTF8.GetString)];
        byte[] copy = new byte[queries.Max(query => query.Length)];
        var decoder = new CmcdRequestDecoder(
            new Vocabulary(), new Pseudonymizer(PseudonymKey.FromSecret("a secret of benchmarks"u8)));
        decoder.Begin(new IngestOrigin { ReceivedAt = new EventTime(1_772_395_200_000_000) }, CmcdForm.Query);
        var throughputCase = new ThroughputCase(
            "segments of a session",
            [
                new Contender("CmcdRequestDecoder", events => Count(events, i => Decode(decoder, queries[i]))),
                new Contender("copying the bytes", events => Count(events, i => Copy(queries[i], copy))),
                new Contender("ParseQueryString and Convert", events => Count(events, i => CmcdRequestRecord.Parse(texts[i]).Bitrate > 0)),
            ],
            Checksum: events => events,
            Threads: 1)
        {
            InputBytesPerEvent = queries.Average(query => query.Length),
            Floor = 3,
        };
        return new ThroughputRunner(options).Run(this, [throughputCase]);
    }

    // What a player sends with a segment request, as CTA-5004 spells it; the numbers differ from one to the next.
    private static byte[] Query(int i) => Encoding.UTF8.GetBytes("CMCD=" + Uri.EscapeDataString(string.Create(
        CultureInfo.InvariantCulture,
        $"bl={100 * (i % 300)},br={800 + i},cid=\"film-{i % 50}\",d=4004,dl={100 * (i % 180)},mtp={25400 + (100 * (i % 90))},"
        + $"nor=\"seg-{i}.m4s\",ot=v,rtp=15000,sf=h,sid=\"6e2fb550-c457-11e9-bb97-{i % 64:x12}\",st=v,tb=6000")));

    private static long Count(long events, Func<int, bool> read)
    {
        long count = 0;
        for (long i = 0; i < events; i++)
        {
            count += read((int)(i % Queries)) ? 1 : 0;
        }

        return count;
    }

    private static bool Decode(CmcdRequestDecoder decoder, ReadOnlySpan<byte> query) =>
        decoder.DecodeQuery(query, out StreamEvent streamEvent) == RejectReason.None && !streamEvent.View.IsNone;

    private static bool Copy(byte[] query, byte[] copy)
    {
        query.CopyTo(copy, 0);
        return true;
    }
}
