using System.Buffers;
using System.Text;
using Microsoft.Extensions.Primitives;
using StreamSense.Core;
using StreamSense.Core.Buffering;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Takes the CMCD of one request at a time.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class CmcdRequestDoor
{
    private readonly EventWriter _writer;
    private readonly CmcdRequestIngest _queries;
    private readonly CmcdRequestIngest _headers;
    private readonly ArrayBufferWriter<byte> _text = new(1024);

    /// <summary>Opens a door.</summary>
    /// <param name="pipeline">Where it leads.</param>
    /// <param name="options">How CMCD is read.</param>
    public CmcdRequestDoor(StreamSensePipeline pipeline, CmcdOptions options)
    {
        _writer = pipeline.RentUncountedWriter();
        _queries = Open(CmcdForm.Query);
        _headers = Open(CmcdForm.Headers);

        CmcdRequestIngest Open(CmcdForm form) => new(
            form, pipeline.Vocabulary, pipeline.Pseudonymizer, _writer, options, pipeline.Counters, pipeline.FailedEvents, maxErrors: 1);
    }

    /// <summary>Takes the CMCD of a request.</summary>
    /// <param name="carrier">The CMCD.</param>
    /// <param name="origin">What the host knows of the request.</param>
    /// <param name="response">What is known of its response.</param>
    public IngestResult Take(in CmcdCarrier carrier, IngestOrigin origin, CmcdResponse response)
    {
        _text.ResetWrittenCount();
        if (carrier.Query is not null)
        {
            Write(carrier.Query);
        }
        else
        {
            Write("CMCD-Object: ", carrier.Object);
            Write("CMCD-Request: ", carrier.Request);
            Write("CMCD-Session: ", carrier.Session);
            Write("CMCD-Status: ", carrier.Status);
        }

        CmcdRequestIngest ingest = carrier.Query is not null ? _queries : _headers;
        ingest.Begin(origin, response);
        ingest.Feed(_text.WrittenSpan);
        return ingest.Complete();
    }

    /// <summary>Returns the writer for good.</summary>
    public void Close() => _writer.Dispose();

    // A line end within a value would begin another record; no server lets one in.
    private void Write(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings(" "), _text);

    private void Write(string name, StringValues values)
    {
        foreach (string? value in values)
        {
            Write(name);
            Write(value ?? "");
            Encoding.UTF8.GetBytes("\n", _text);
        }
    }
}
