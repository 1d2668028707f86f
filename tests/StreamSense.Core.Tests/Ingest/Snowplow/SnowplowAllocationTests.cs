using System.Text;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.RevenueCat;
using StreamSense.Core.Ingest.Snowplow;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.Snowplow;

public sealed class SnowplowAllocationTests
{
    private const int Rounds = 6;
    private const long T = 1_700_000_000_000;

    private static readonly string _tracker = SnowplowTexts.Payload([.. Enumerable.Range(0, 40).Select(i =>
        SnowplowTexts.Element(i % 2 == 0 ? "play" : "pause", "e" + i, T + i, SnowplowTexts.Player(i, label: "a \\u00e9")))]);

    private static readonly string _enriched = string.Join('\n', Enumerable.Range(0, 40).Select(i =>
        SnowplowTexts.Enriched("ping", "e" + i, "\"derived_tstamp\":\"2023-11-14T22:13:20.125Z\"", SnowplowTexts.Player(i))));

    private static readonly string _billing = string.Join('\n', Enumerable.Range(0, 40).Select(i =>
        $$"""{"event":{"type":"UNCANCELLATION","id":"x{{i}}","event_timestamp_ms":{{T}},"app_user_id":"only","product_id":"silver"} }"""));

    [Theory]
    [InlineData("tracker")]
    [InlineData("enriched")]
    [InlineData("revenuecat")]
    public void Translate_WarmTranslator_AllocatesNothing(string format)
    {
        IRecordTranslator translator = format == "revenuecat"
            ? new RevenueCatTranslator()
            : new SnowplowTranslator(new Pseudonymizer(PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8)));
        byte[] body = Encoding.UTF8.GetBytes(format switch { "tracker" => _tracker, "enriched" => _enriched, _ => _billing });
        byte[][] pieces = format == "tracker" ? [body] : [.. Encoding.UTF8.GetString(body).Split('\n').Select(Encoding.UTF8.GetBytes)];
        var output = new CanonicalRecords();
        translator.Begin(new IngestOrigin());
        long least = long.MaxValue;
        for (int round = 0; round <= Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (byte[] piece in pieces)
            {
                translator.Translate(piece, output);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(40, output.Count);
            output.Clear();
        }

        Assert.Equal(0, least);
    }
}
