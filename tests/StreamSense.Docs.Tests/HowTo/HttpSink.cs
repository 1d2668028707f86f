#region docs/how-to/write-a-sink.md
using System.Buffers;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
#endregion

namespace StreamSense.Docs.Tests.HowTo;

#region docs/how-to/write-a-sink.md
/// <summary>Sends each batch of events as NDJSON to another service.</summary>
public sealed class HttpSink(HttpClient client, Uri target, Vocabulary names) : IBatchSink
{
    private readonly NdjsonEncoder _encoder = new(names);
    private readonly ArrayBufferWriter<byte> _text = new();

    public string Name => "http";

    public async ValueTask WriteAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        Encode(batch);
        using var content = new ReadOnlyMemoryContent(_text.WrittenMemory);
        using HttpResponseMessage answer = await client.PostAsync(target, content, cancellationToken);
        if (answer.StatusCode == System.Net.HttpStatusCode.BadRequest)
        {
            // Dropped and counted; anything else is tried again.
            throw new BatchRefusedException("The far side will never take this batch.");
        }

        answer.EnsureSuccessStatusCode();
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Encode(DeliveryBatch batch)
    {
        _text.ResetWrittenCount();
        foreach (ref readonly StreamEvent streamEvent in batch.Events)
        {
            _encoder.Encode(streamEvent, batch.AnnexOf(streamEvent), _text);
        }
    }
}
#endregion
