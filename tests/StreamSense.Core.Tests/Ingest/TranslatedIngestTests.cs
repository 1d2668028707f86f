using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest;

public sealed class TranslatedIngestTests
{
    private readonly CollectingReceiver _receiver = new();
    private readonly FailedEvents _failed = new();
    private readonly TranslatedIngest _ingest;

    public TranslatedIngestTests()
    {
        var decoder = new NdjsonDecoder(new Vocabulary(), new Pseudonymizer(PseudonymKey.CreateRandom()));
        _ingest = new TranslatedIngest(new PlainTranslator(), decoder, _receiver, failed: _failed);
    }

    [Fact]
    public void Feed_RecordOfTwoEvents_CountsOnceAndMarksTheSecond()
    {
        IngestResult result = Read("start v1");

        Assert.Equal((1, 1, 0), (result.Offered, result.Written, result.Rejected));
        Assert.Equal([EventKind.PlaybackRequest, EventKind.PlaybackStart], _receiver.Events.Select(e => e.Event.Kind));
        Assert.Equal([false, true], _receiver.Events.Select(e => (e.Event.Flags & EventFlags.Derived) != 0));
    }

    [Fact]
    public void Feed_RecordWithAnEventThatIsInvalid_TakesNoneOfThem()
    {
        IngestResult result = Read("start v1\nbroken v2\nstart v3");

        Assert.Equal((3, 2, 1), (result.Offered, result.Written, result.Rejected));
        Assert.Equal(4, _receiver.Events.Count);
        FailedEvent failed = Assert.Single(_failed.Newest());
        Assert.Equal((RejectReason.InvalidValue, "broken v2"), (failed.Reason, Encoding.UTF8.GetString(failed.Raw.Span)));
        Assert.Equal("plain", failed.Format);
    }

    [Fact]
    public void Feed_PieceOfNoAndOfManyRecords_CountsRecords()
    {
        IngestResult result = Read("# a comment\nmany 3\nexcluded v\nrefused v\n\n");

        Assert.Equal((5, 3, 2), (result.Offered, result.Written, result.Rejected));
        Assert.Equal(1, _ingest.Counters.RejectedFor(RejectReason.Excluded));
        Assert.Equal(1, _ingest.Counters.RejectedFor(RejectReason.MissingField));
    }

    [Fact]
    public void Feed_BytesThatAreNoText_AreRefusedWithoutTheTranslator()
    {
        _ingest.Begin(new IngestOrigin());
        _ingest.Feed([(byte)'s', 0xFF, (byte)'\n']);

        Assert.Equal(1, _ingest.Complete().Rejected);
        Assert.Equal(1, _ingest.Counters.RejectedFor(RejectReason.InvalidUtf8));
    }

    private IngestResult Read(string body)
    {
        _ingest.Begin(new IngestOrigin());
        _ingest.Feed(Encoding.UTF8.GetBytes(body));
        return _ingest.Complete();
    }

    private sealed class PlainTranslator : IRecordTranslator
    {
        public string Format => "plain";

        public RecordFraming Framing => RecordFraming.Lines;

        public void Begin(IngestOrigin origin)
        {
        }

        public void Translate(ReadOnlySpan<byte> piece, CanonicalRecords output)
        {
            string[] words = Encoding.UTF8.GetString(piece).Split(' ');
            switch (words[0])
            {
                case "start" or "broken":
                    Event(output, EventKind.PlaybackRequest, words[1]);
                    output.Text("title"u8, "film"u8);
                    output.EndEvent();
                    Event(output, EventKind.PlaybackStart, words[1]);
                    output.Raw("playheadMs"u8, words[0] == "broken" ? "true"u8 : "12.5"u8);
                    output.EndEvent();
                    output.EndRecord();
                    break;
                case "many":
                    for (int i = 0; i < int.Parse(words[1]); i++)
                    {
                        Event(output, EventKind.Pause, "v" + i);
                        output.EndEvent();
                        output.EndRecord();
                    }

                    break;
                case "excluded":
                    Event(output, EventKind.Pause, "v");
                    output.EndEvent();
                    output.Exclude("a rule");
                    break;
                case "refused":
                    output.Reject(RejectReason.MissingField, "nothing is there");
                    break;
            }
        }

        private static void Event(CanonicalRecords output, EventKind kind, string view)
        {
            output.BeginEvent(kind);
            output.Time("time"u8, new EventTime(1_772_395_200_000_500));
            output.Text("view"u8, Encoding.UTF8.GetBytes(view));
        }
    }
}
