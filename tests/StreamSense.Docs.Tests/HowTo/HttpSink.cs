#region docs/how-to/write-a-sink.md
using System.Buffers;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;

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
            throw new BatchRefusedException("The far side will never take this batch.");   // dropped and counted; anything else is tried again
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
