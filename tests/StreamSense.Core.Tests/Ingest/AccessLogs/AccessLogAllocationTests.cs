using System.Globalization;
using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.AccessLogs;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.AccessLogs;

public sealed class AccessLogAllocationTests
{
    private const int Rounds = 6;

    private static readonly PseudonymKey _key = PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8);

    [Theory]
    [InlineData("combined")]
    [InlineData("w3c")]
    [InlineData("cloudfront")]
    public void Feed_WarmReader_AllocatesNothing(string format)
    {
        var pseudonymizer = new Pseudonymizer(_key);
        var options = new AccessLogOptions
        {
            Addresses = AddressRanges.Read(new StringReader("192.0.2.0/24,DE,64500,Example")),
            RealtimeFields = ["timestamp", "c-ip", "sc-status", "sc-bytes", "cs-user-agent", "cmcd-session-id"],
        };
        IRecordTranslator translator = format switch
        {
            "combined" => new CombinedLogTranslator(pseudonymizer, options),
            "w3c" => new W3cLogTranslator(pseudonymizer, options),
            _ => new CloudFrontRealtimeTranslator(pseudonymizer, options),
        };
        var receiver = new CountingReceiver();
        var ingest = new TranslatedIngest(translator, new NdjsonDecoder(new Vocabulary(), pseudonymizer), receiver);
        byte[] body = Body(format);
        ingest.Begin(new IngestOrigin());
        if (translator is W3cLogTranslator)
        {
            ingest.Feed("#Fields: date time c-ip sc-status sc-bytes cs-uri-query cs(User-Agent)\n"u8);
        }

        ingest.Feed(body);
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ingest.Feed(body);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.Equal((Rounds + 1) * 500, receiver.Count);
    }

    private static byte[] Body(string format)
    {
        var text = new StringBuilder();
        for (int i = 0; i < 500; i++)
        {
            FormattableString line = format switch
            {
                "combined" =>
                    $"192.0.2.{i % 200} - - [01/Mar/2026:10:{i / 60:00}:{i % 60:00} +0000] \"GET /a.ts?CMCD=sid%3D%22s{i % 9}%22%2Cbr%3D{i} HTTP/1.1\" 200 {i} \"-\" \"Mozilla/5.0 (iPad) \\\"x\\\"\"\n",
                "w3c" =>
                    $"2026-03-01\t10:{i / 60:00}:{i % 60:00}\t192.0.2.{i % 200}\t200\t{i}\tCMCD=sid%253D%2522s{i % 9}%2522\tMozilla/5.0%20(iPad)\n",
                _ => $"{1772359200 + i}.5\t192.0.2.{i % 200}\t200\t{i}\tcurl/8\ts{i % 9}\n",
            };
            text.Append(line.ToString(CultureInfo.InvariantCulture));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private sealed class CountingReceiver : IEventReceiver
    {
        public int Count { get; private set; }

        public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
        {
            Count++;
            return WriteOutcome.Written;
        }
    }
}
