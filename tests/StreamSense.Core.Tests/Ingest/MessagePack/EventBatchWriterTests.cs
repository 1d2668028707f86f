using System.Text;
using System.Text.Json;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.MessagePack;

namespace StreamSense.Core.Tests.Ingest.MessagePack;

/// <summary>The writer as a .NET client uses it, member by member.</summary>
public sealed class EventBatchWriterTests
{
    private static readonly EventTime _time = EventTime.From(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    [Fact]
    public void SetJson_VariantsAndScale_SayWhatTheLineSays()
    {
        const string line =
            """
            {"kind":"rating","time":"2026-03-04T05:06:07Z","id":"e1","viewer":"v1",
             "variants":{"b":"1","a":"2"},"title":"t","value":7,"scale":[0,10.0]}
            """;
        var writer = new EventBatchWriter();
        writer.Begin(EventKind.Rating, _time);
        writer.Set(EventMember.Id, "e1");
        writer.Set(EventMember.Viewer, "v1");
        writer.SetJson(EventMember.Variants, """{"b":"1","a":"2"}"""u8);
        writer.Set(EventMember.Title, "t");
        writer.Set(EventMember.Value, 7);
        writer.SetJson(EventMember.Scale, "[0,10.0]"u8);
        writer.End();
        var fixture = new MessagePackFixture();

        IngestResult result = fixture.Read(MessagePackFixture.Flush(writer));

        Assert.Equal((1, 1), (result.Offered, result.Written));
        StreamEvent actual = Assert.Single(fixture.Receiver.Events).Event;
        Assert.Equal(RejectReason.None, fixture.Lines.Decode(Encoding.UTF8.GetBytes(line), default, out StreamEvent expected, out _));
        Assert.Equal((expected.Id, expected.Viewer, expected.Title), (actual.Id, actual.Viewer, actual.Title));
        Assert.Equal(expected.Context, actual.Context);
        Assert.False(fixture.Vocabulary.Contexts[actual.Context].Variants.IsNone);
        Assert.True(((ReadOnlySpan<byte>)expected.Payload).SequenceEqual(actual.Payload));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":")]
    [InlineData("{} {}")]
    [InlineData("nonsense")]
    public void SetJson_OfWhatIsNoJson_ThrowsAndSetsNothing(string json)
    {
        var writer = new EventBatchWriter();
        writer.Begin(EventKind.Click, _time);
        writer.Set(EventMember.Title, "t");

        Assert.ThrowsAny<JsonException>(() => writer.SetJson(EventMember.Variants, Encoding.UTF8.GetBytes(json)));

        writer.End();
        var fixture = new MessagePackFixture();
        Assert.Equal(1, fixture.Read(MessagePackFixture.Flush(writer)).Written);
        Assert.Equal(NameTable.IdOf("t"), Assert.Single(fixture.Receiver.Events).Event.Title);
    }
}
