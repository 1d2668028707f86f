using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace StreamSense.AspNetCore.Ingest;

/// <summary>Passes a response's body on and counts its bytes.</summary>
internal sealed class CountedResponseBody(IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature
{
    private CountedStream? _stream;
    private CountedPipeWriter? _writer;
    private long _sent;

    /// <summary>The bytes so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <inheritdoc/>
    public Stream Stream => _stream ??= new CountedStream(inner.Stream, this);

    /// <inheritdoc/>
    public PipeWriter Writer => _writer ??= new CountedPipeWriter(inner.Writer, this);

    /// <summary>Counts bytes.</summary>
    public void Add(long count) => Interlocked.Add(ref _sent, count);

    /// <inheritdoc/>
    public void DisableBuffering() => inner.DisableBuffering();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task CompleteAsync() => inner.CompleteAsync();

    /// <inheritdoc/>
    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await inner.SendFileAsync(path, offset, count, cancellationToken).ConfigureAwait(false);
        Add(count ?? (new FileInfo(path).Length - offset));
    }
}
