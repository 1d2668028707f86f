namespace StreamSense.Sinks.Files;

/// <summary>An open file of an <see cref="IFileVolume"/>.</summary>
internal interface IVolumeFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads at an offset.</summary>
    /// <returns>How many bytes were read; 0 only at the end.</returns>
    int Read(Span<byte> destination, long offset);

    /// <summary>Writes all bytes at an offset, or throws, having written any part of them.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts the file to a length.</summary>
    void Cut(long length);

    /// <summary>Makes what was written outlast a loss of power, as far as the device tells the truth.</summary>
    void Sync();
}
