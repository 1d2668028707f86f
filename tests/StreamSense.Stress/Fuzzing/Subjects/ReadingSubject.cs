namespace StreamSense.Stress.Fuzzing.Subjects;

/// <summary>A decoder that a function calls.</summary>
/// <param name="read">Reads the pieces of an input, and hashes what they say; gives back the promise that was broken.</param>
internal sealed class ReadingSubject(ReadingSubject.Reader read) : IFuzzSubject
{
    /// <summary>Reads pieces.</summary>
    public delegate string? Reader(ref FuzzPieces pieces, ref ReadingHash hash, ref long told);

    public FuzzReading Read(FuzzInput input, bool isCut, GuardedBytes memory)
    {
        var hash = new ReadingHash();
        var pieces = new FuzzPieces(input, isCut, memory);
        long told = 4;
        string? broken = read(ref pieces, ref hash, ref told);
        return new FuzzReading(hash.Value, told, broken);
    }

    public void Dispose()
    {
    }
}
