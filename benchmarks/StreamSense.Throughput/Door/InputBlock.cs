namespace StreamSense.Throughput.Door;

/// <summary>A block of input bytes, and a copy of it: what no reader can be faster than.</summary>
internal sealed class InputBlock(byte[] bytes)
{
    private readonly byte[] _copy = new byte[bytes.Length];

    public ReadOnlySpan<byte> Bytes => bytes;

    public double BytesPerEvent => (double)bytes.Length / PlayerLines.Count;

    /// <summary>Copies the bytes and does nothing else, once for each <see cref="PlayerLines.Count"/> events.</summary>
    /// <returns>The number of events.</returns>
    public long Copy(long events)
    {
        for (long done = 0; done < events; done += PlayerLines.Count)
        {
            bytes.CopyTo(_copy, 0);
        }

        return events;
    }
}
