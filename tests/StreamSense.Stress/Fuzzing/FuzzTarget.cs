namespace StreamSense.Stress.Fuzzing;

/// <summary>A decoder under test, and how inputs for it are made.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Corpus">Inputs written by hand, which the byte mutator changes.</param>
/// <param name="Write">Writes an input by the grammar of the format, mostly right and a little wrong.</param>
/// <param name="Open">Makes a decoder.</param>
internal sealed record FuzzTarget(
    string Name, IReadOnlyList<byte[]> Corpus, Action<FuzzRandom, FuzzText> Write, Func<FuzzSetting, IFuzzSubject> Open)
{
    /// <summary>Whether what a decoder has read changes what it makes of the next input: sessions, visits.</summary>
    public bool Remembers { get; init; }

    /// <summary>How many bytes may be allocated for a byte of input by a decoder that has read the same input before.</summary>
    public int BytesPerByte { get; init; } = 8;

    /// <summary>How many bytes may be allocated for each object that a decoder has to make: a failure, a reading.</summary>
    /// <remarks>A failure is an entry with its message and a line of the result; where it is one of syntax, also an exception
    /// inside.</remarks>
    public int BytesPerObject { get; init; } = 2048;
}
