namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>Reads a body of CMCD of one form, chunk by chunk, as keys and values.</summary>
/// <remarks>
/// For tools and tests. Each record gives one reading, refused ones included; empty lines are no records. One thread at a time. No
/// input makes a member throw.
/// </remarks>
/// <param name="form">How the body is written.</param>
/// <param name="take">Takes each reading, in the order of the body.</param>
/// <param name="isStrict">Whether what RFC 8941 forbids refuses a record.</param>
/// <param name="maxRecordBytes">The longest record that is looked at.</param>
public sealed class CmcdBodyDecoder(CmcdForm form, Action<CmcdReading> take, bool isStrict = false, int maxRecordBytes = 64 * 1024)
{
    private readonly CmcdDecoder _decoder = new(isStrict);
    private readonly CmcdHeaderBlock _block = new(maxRecordBytes);
    private readonly LineSplitter _lines = new(maxRecordBytes);

    /// <summary>Reads the next chunk.</summary>
    /// <param name="chunk">The chunk; split anywhere, not kept.</param>
    public void Feed(ReadOnlySpan<byte> chunk)
    {
        while (_lines.TryTake(ref chunk, out ReadOnlySpan<byte> line, out bool isTooLong))
        {
            Take(line, isTooLong);
        }
    }

    /// <summary>Ends the body: a last record without a line end counts.</summary>
    public void Complete()
    {
        if (_lines.TryTakeLast(out ReadOnlySpan<byte> line, out bool isTooLong))
        {
            Take(line, isTooLong);
        }

        EndBlock();
        _lines.Reset();
    }

    private void Take(ReadOnlySpan<byte> line, bool isTooLong)
    {
        bool isBlank = line.IndexOfAnyExcept(" \t\r"u8) < 0;
        if (form == CmcdForm.Headers)
        {
            TakeHeaderLine(line, isBlank, isTooLong);
        }
        else if (isTooLong)
        {
            take(TooLarge());
        }
        else if (!isBlank)
        {
            take(form == CmcdForm.Query ? _decoder.ReadQuery(line) : _decoder.ReadEvent(line));
        }
    }

    private void TakeHeaderLine(ReadOnlySpan<byte> line, bool isBlank, bool isTooLong)
    {
        if (isBlank)
        {
            EndBlock();
            return;
        }

        (bool endsBefore, bool endsAfter) = _block.BoundsOf(line);
        if (endsBefore)
        {
            EndBlock();
        }

        _block.Add(line);
        if (isTooLong)
        {
            _block.MarkTooLong();
        }

        if (endsAfter)
        {
            EndBlock();
        }
    }

    private void EndBlock()
    {
        if (!_block.IsEmpty)
        {
            take(_block.IsTooLong ? TooLarge() : _decoder.ReadHeaders(_block));
            _block.Clear();
        }
    }

    private static CmcdReading TooLarge() => CmcdReading.Refuse(RejectReason.TooLarge, "the record is longer than the limit");
}
