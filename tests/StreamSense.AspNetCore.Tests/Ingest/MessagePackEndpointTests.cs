using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using StreamSense.Core.Ingest.MessagePack;
using static StreamSense.AspNetCore.Tests.HostedStreamSense;

namespace StreamSense.AspNetCore.Tests.Ingest;

public sealed class MessagePackEndpointTests
{
    [Theory]
    [InlineData("application/vnd.msgpack")]
    [InlineData("application/msgpack")]
    [InlineData("application/x-msgpack")]
    public async Task Post_WholeView_AnswersCountsAndIsMeasured(string contentType)
    {
        await using HostedStreamSense host = await StartAsync();

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("events", Batch(contentType, View("v1")));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((3, 3, 0), (Count(body, "offered"), Count(body, "written"), Count(body, "rejected")));
        Assert.Equal(1, Count((await host.MetricsAsync()).GetProperty("metrics"), "plays"));
    }

    [Fact]
    public async Task Post_SameEventsInBothFormats_AreOne()
    {
        await using HostedStreamSense host = await StartAsync();
        await host.PostAsync("events", Body(View("v1")));

        await host.PostAsync("events", Batch("application/vnd.msgpack", View("v1")));

        Assert.Equal(3, Count((await host.MetricsAsync()).GetProperty("totals"), "duplicates"));
    }

    [Fact]
    public async Task Post_DamagedBatch_IsABadRequestAndNothingIsTaken()
    {
        await using HostedStreamSense host = await StartAsync();
        ByteArrayContent whole = Batch("application/vnd.msgpack", View("v1"));
        byte[] bytes = await whole.ReadAsByteArrayAsync();
        bytes[^10] ^= 1;
        using var damaged = new ByteArrayContent(bytes);
        damaged.Headers.ContentType = whole.Headers.ContentType;

        (HttpStatusCode status, JsonElement body) = await host.PostAsync("events", damaged);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((3, 0, 3), (Count(body, "offered"), Count(body, "written"), Count(body, "rejected")));
    }

    private static long Count(JsonElement body, string name) => body.GetProperty(name).GetInt64();

    private static ByteArrayContent Batch(string contentType, string lines)
    {
        var writer = new EventBatchWriter();
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            writer.AddLine(Encoding.UTF8.GetBytes(line));
        }

        var output = new ArrayBufferWriter<byte>();
        writer.Flush(output);
        var content = new ByteArrayContent(output.WrittenSpan.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return content;
    }
}
