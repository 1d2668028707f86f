using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;
using StreamSense.Core.Tests.Ingest;

namespace StreamSense.Core.Tests.Fuzzing;

/// <summary>What the fuzzer, or the thought that went into it, found: each stays found.</summary>
public class FoundByFuzzingTests
{
    [Theory]
    [InlineData("Malformed", true)]
    [InlineData("77", false)]
    [InlineData("1", false)]
    [InlineData("Malformed, TooLarge", false)]
    [InlineData("", false)]
    public void Read_OfReasonThatDoesNotExist_IsUnreadable(string reason, bool isReadable)
    {
        string line =
            $$"""{"reason":"{{reason}}","stage":"Decode","format":"x","batch":"b","index":1,"path":"","rule":"r","processor":"1","truncated":false,"recoverable":true}""";
        Assert.Equal(isReadable, FailedEventLine.Read(Encoding.UTF8.GetBytes(line), "1-1", seal: null) is not null);
    }

    [Fact]
    public void Feed_OfHeaderLineThatIsTooLong_IsTheSameWholeAndInPieces()
    {
        // The colon stands beyond the limit: a name to who sees the line whole, and none to who has kept its head.
        byte[] body = Encoding.UTF8.GetBytes(new string('a', 17_000) + ": b\nCMCD-Object: br=1\n\nCMCD-Object: br=2\n");
        IngestResult whole = Read(body, body.Length);
        IngestResult pieces = Read(body, 100);
        Assert.Equal(whole.Offered, pieces.Offered);
        Assert.Equal(whole.Written, pieces.Written);
        Assert.Equal(whole.Errors, pieces.Errors);

        static IngestResult Read(byte[] body, int step)
        {
            var pseudonymizer = new Pseudonymizer(PseudonymKey.CreateRandom());
            var ingest = new CmcdRequestIngest(CmcdForm.Headers, new Vocabulary(1024, 1024), pseudonymizer, new CollectingReceiver());
            ingest.Begin(new IngestOrigin());
            foreach (byte[] piece in body.Chunk(step))
            {
                ingest.Feed(piece);
            }

            return ingest.Complete();
        }
    }

    [Theory]
    [InlineData(2000, 1, 0)]
    [InlineData(1, 2000, 0)]
    [InlineData(1, 2000, 3000)]
    [InlineData(1, 2000, 60_000)]
    public void Feed_OfManyWrongRecords_KeepsBytesInProportionToTheBody(int recordsOfPiece, int pieces, int preamble)
    {
        var vocabulary = new Vocabulary(1024, 1024);
        var store = new SummingStore();
        var ingest = new TranslatedIngest(
            new RefusingTranslator(recordsOfPiece, new byte[preamble]),
            new NdjsonDecoder(vocabulary, new Pseudonymizer(PseudonymKey.CreateRandom())),
            new CollectingReceiver(),
            failed: new FailedEvents(store: store));
        byte[] body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(pieces == 1 ? new string('x', 5000) + "\n" : "x\n", pieces)));
        ingest.Begin(new IngestOrigin());
        ingest.Feed(body);
        IngestResult result = ingest.Complete();
        Assert.Equal(2000, result.Rejected);
        Assert.Equal(2000, store.Count);
        Assert.InRange(store.Bytes, 1, (64 * 1024) + (4 * body.Length) + (2000 * 128));
        Assert.Equal(store.Count, store.Whole + store.Cut);
    }

    private sealed class SummingStore : IFailedEventStore
    {
        public long Bytes { get; private set; }

        public long Count { get; private set; }

        public long Whole { get; private set; }

        public long Cut { get; private set; }

        public void Add(FailedEvent failed)
        {
            Count++;
            Bytes += failed.Raw.Length;
            Whole += failed.IsRecoverable ? 1 : 0;
            Cut += failed.IsRawTruncated ? 1 : 0;
        }
    }

    private sealed class RefusingTranslator(int recordsOfPiece, byte[] preamble) : IRecordTranslator
    {
        public string Format => "refused";

        public RecordFraming Framing => RecordFraming.Lines;

        public ReadOnlySpan<byte> Preamble => preamble;

        public void Begin(IngestOrigin origin)
        {
        }

        public void Translate(ReadOnlySpan<byte> piece, CanonicalRecords output)
        {
            for (int i = 0; i < recordsOfPiece; i++)
            {
                output.Reject(RejectReason.Malformed, "wrong");
            }
        }
    }
}
