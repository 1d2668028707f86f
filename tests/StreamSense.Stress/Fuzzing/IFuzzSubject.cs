namespace StreamSense.Stress.Fuzzing;

/// <summary>A decoder, made to read inputs of any kind and to say what became of them.</summary>
internal interface IFuzzSubject : IDisposable
{
    /// <summary>Reads an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="isCut">Whether it comes in pieces, else whole.</param>
    /// <param name="memory">Where each piece is put before it is read.</param>
    FuzzReading Read(FuzzInput input, bool isCut, GuardedBytes memory);
}
