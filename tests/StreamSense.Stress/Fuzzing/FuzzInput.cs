namespace StreamSense.Stress.Fuzzing;

/// <summary>What a decoder is given.</summary>
/// <param name="Bytes">The body.</param>
/// <param name="Cuts">Where it is cut when it comes in pieces: places within, in ascending order.</param>
/// <param name="Receiver">How the receiver behaves: 0 takes everything, others drop, refuse or become full.</param>
/// <param name="AtStart">Whether the guard lies before the bytes rather than behind them.</param>
internal sealed record FuzzInput(byte[] Bytes, int[] Cuts, int Receiver, bool AtStart)
{
    /// <summary>The same with fewer bytes.</summary>
    public FuzzInput With(byte[] bytes) => this with { Bytes = bytes, Cuts = [.. Cuts.Where(cut => cut < bytes.Length)] };
}
