namespace StreamSense.Stress.Fuzzing;

/// <summary>The pieces of an input, one after the other in guarded memory.</summary>
internal ref struct FuzzPieces(FuzzInput input, bool isCut, GuardedBytes memory)
{
    private int _cut;
    private int _from;
    private bool _isLast;

    /// <summary>The input as it is, without cuts and guards.</summary>
    public readonly FuzzInput Input => input;

    public readonly bool IsCut => isCut;

    /// <summary>The whole input in guarded memory, whether it is to be cut or not.</summary>
    public readonly ReadOnlySpan<byte> Whole => memory.Place(input.Bytes, input.AtStart);

    /// <summary>The next piece; it replaces the one before.</summary>
    public bool TryNext(out ReadOnlySpan<byte> piece)
    {
        piece = default;
        if (_isLast)
        {
            return false;
        }

        _isLast = !isCut || _cut == input.Cuts.Length;
        int end = _isLast ? input.Bytes.Length : input.Cuts[_cut++];
        piece = memory.Place(input.Bytes.AsSpan(_from..end), input.AtStart);
        _from = end;
        return true;
    }
}
